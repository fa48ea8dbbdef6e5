package dev.signet.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;

class OneDoorOutTest {

    @Test
    void onlyTheCommandItselfEndsTheProcess() {
        Product.keeps(
                noClasses()
                        .that()
                        .doNotHaveFullyQualifiedName("dev.signet.cli.Main")
                        .should()
                        .callMethod(System.class, "exit", int.class)
                        .orShould()
                        .callMethod(Runtime.class, "exit", int.class));
    }

    @Test
    void onlyTheOrderlyEndCutsTheProcessShort() {
        Product.keeps(
                noClasses()
                        .that()
                        .doNotHaveFullyQualifiedName("dev.signet.cli.OrderlyEnd")
                        .should()
                        .callMethod(Runtime.class, "halt", int.class));
    }
}
