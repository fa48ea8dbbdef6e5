package dev.signet.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

class ProvidersKnowTheSpiAloneTest {

    @Test
    void providerKnowsOfThisProductTheSpiTheApiTheQueryLanguageAndHttp() {
        Product.keeps(
                noClasses()
                        .that()
                        .resideInAPackage("dev.signet.provider.(*)..")
                        .should()
                        .dependOnClassesThat(
                                resideInAPackage("dev.signet..")
                                        .and(
                                                not(
                                                        resideInAnyPackage(
                                                                "dev.signet.provider..",
                                                                "dev.signet.api..",
                                                                "dev.signet.gjson..",
                                                                "dev.signet.http..",
                                                                "dev.signet.rest..")))
                                        .as("other parts of the product")));
    }

    @Test
    void noProviderKnowsAnother() {
        Product.keeps(
                SlicesRuleDefinition.slices()
                        .matching("dev.signet.provider.(*)..")
                        .should()
                        .notDependOnEachOther());
    }

    @Test
    void nobodyButTheCommandLineAndTheProvidersThemselvesNamesAProvider() {
        // They are found by ServiceLoader, so that one can be left out.
        Product.keeps(
                noClasses()
                        .that(
                                JavaClass.Predicates.resideInAPackage("dev.signet..")
                                        .and(not(resideInAPackage("dev.signet.provider.(*).."))))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("dev.signet.provider.(*).."));
    }
}
