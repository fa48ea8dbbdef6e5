package dev.signet.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class PackagesAreNullMarkedTest {

    @Test
    void everyPackageSaysThatNothingInItIsNullUnlessItSaysSo() {
        assertThat(Product.classes().stream().map(JavaClass::getPackage).distinct())
                .isNotEmpty()
                .filteredOn(found -> !found.isAnnotatedWith(NullMarked.class))
                .extracting(JavaPackage::getName)
                .isEmpty();
    }
}
