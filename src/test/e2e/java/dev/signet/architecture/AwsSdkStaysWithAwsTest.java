package dev.signet.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;

class AwsSdkStaysWithAwsTest {

    @Test
    void onlyTheAwsProviderKnowsTheSdkOfAws() {
        Product.keeps(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("dev.signet.provider.aws..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("software.amazon.."));
    }
}
