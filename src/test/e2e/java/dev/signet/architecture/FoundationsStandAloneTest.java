package dev.signet.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;

class FoundationsStandAloneTest {

    @Test
    void apiKnowsNoOtherModule() {
        Product.keeps(
                noClasses()
                        .that()
                        .resideInAPackage("dev.signet.api..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "dev.signet.provider..",
                                "dev.signet.gjson..",
                                "dev.signet.template..",
                                "dev.signet.operator..",
                                "dev.signet.testbed..",
                                "dev.signet.cli.."));
    }

    @Test
    void providerSpiKnowsNoOtherModule() {
        Product.keeps(
                noClasses()
                        .that()
                        .resideInAPackage("dev.signet.provider")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "dev.signet.api..",
                                "dev.signet.provider.(*)..",
                                "dev.signet.gjson..",
                                "dev.signet.template..",
                                "dev.signet.operator..",
                                "dev.signet.testbed..",
                                "dev.signet.cli..",
                                "io.fabric8.."));
    }

    @Test
    void queryLanguageKnowsNoOtherModule() {
        Product.keeps(
                noClasses()
                        .that()
                        .resideInAPackage("dev.signet.gjson..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "dev.signet.api..",
                                "dev.signet.provider..",
                                "dev.signet.template..",
                                "dev.signet.operator..",
                                "dev.signet.testbed..",
                                "dev.signet.cli..",
                                "io.fabric8.."));
    }

    @Test
    void templatesKnowNoOtherModule() {
        // The module comes later than its rule.
        Product.keeps(
                noClasses()
                        .that()
                        .resideInAPackage("dev.signet.template..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "dev.signet.api..",
                                "dev.signet.provider..",
                                "dev.signet.gjson..",
                                "dev.signet.operator..",
                                "dev.signet.testbed..",
                                "dev.signet.cli..",
                                "io.fabric8..")
                        .allowEmptyShould(true));
    }

    @Test
    void testBedKnowsNothingOfTheProduct() {
        Product.keeps(
                noClasses()
                        .that()
                        .resideInAPackage("dev.signet.testbed..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "dev.signet.api..",
                                "dev.signet.provider..",
                                "dev.signet.gjson..",
                                "dev.signet.operator..",
                                "dev.signet.cli.."));
    }

    @Test
    void httpKnowsNoOtherModule() {
        Product.keeps(
                noClasses()
                        .that()
                        .resideInAPackage("dev.signet.http..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "dev.signet.api..",
                                "dev.signet.provider..",
                                "dev.signet.gjson..",
                                "dev.signet.template..",
                                "dev.signet.operator..",
                                "dev.signet.testbed..",
                                "dev.signet.cli..",
                                "io.fabric8.."));
    }

    @Test
    void callsWithoutSdkKnowNoProvider() {
        Product.keeps(
                noClasses()
                        .that()
                        .resideInAPackage("dev.signet.rest..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "dev.signet.provider.(*)..",
                                "dev.signet.template..",
                                "dev.signet.operator..",
                                "dev.signet.testbed..",
                                "dev.signet.cli..",
                                "io.fabric8.."));
    }

    @Test
    void apacheStaysWithHttp() {
        Product.keeps(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("dev.signet.http..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("org.apache.hc.."));
    }
}
