package dev.signet.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;

class OneWayToLogTest {

    @Test
    void nobodyUsesTheLoggingOfTheJdk() {
        Product.keeps(
                noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging.."));
    }

    @Test
    void onlyTheOperatorsOwnSetUpKnowsTheLoggingLibrary() {
        Product.keeps(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("dev.signet.operator.observe..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("ch.qos.logback.."));
    }
}
