package dev.signet.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;

class AzureSdkStaysWithItsProviderTest {

    @Test
    void onlyTheAzureProviderKnowsTheAzureSdk() {
        Product.keeps(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("dev.signet.provider.azure..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("com.azure..", "com.microsoft..", "reactor.."));
    }
}
