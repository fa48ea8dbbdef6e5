package dev.signet.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;

class OperatorSdkStaysWithTheOperatorTest {

    @Test
    void onlyTheOperatorKnowsTheOperatorSdk() {
        Product.keeps(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("dev.signet.operator..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("io.javaoperatorsdk.."));
    }
}
