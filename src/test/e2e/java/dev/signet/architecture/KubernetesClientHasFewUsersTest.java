package dev.signet.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import io.fabric8.kubernetes.client.CustomResource;
import org.junit.jupiter.api.Test;

class KubernetesClientHasFewUsersTest {

    @Test
    void onlyOperatorTestBedAndCommandLineTalkToTheApiServer() {
        Product.keeps(
                noClasses()
                        .that()
                        .resideOutsideOfPackages(
                                "dev.signet.operator..",
                                "dev.signet.testbed..",
                                "dev.signet.cli..",
                                "dev.signet.provider.kubernetes..")
                        .should()
                        .dependOnClassesThat(
                                resideInAPackage("io.fabric8.kubernetes.client..")
                                        .and(not(belongTo(type(CustomResource.class))))
                                        .as("the client of the API server")));
    }
}
