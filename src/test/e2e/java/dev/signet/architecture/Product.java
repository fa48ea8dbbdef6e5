package dev.signet.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;

/** The classes of the product, without tests. */
final class Product {

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.signet");

    private Product() {}

    static JavaClasses classes() {
        return CLASSES;
    }

    static void keeps(ArchRule rule) {
        rule.check(CLASSES);
    }
}
