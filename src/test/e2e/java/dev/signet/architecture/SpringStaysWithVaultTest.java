package dev.signet.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;

class SpringStaysWithVaultTest {

    @Test
    void onlyTheVaultProviderKnowsSpring() {
        Product.keeps(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("dev.signet.provider.vault..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("org.springframework.."));
    }
}
