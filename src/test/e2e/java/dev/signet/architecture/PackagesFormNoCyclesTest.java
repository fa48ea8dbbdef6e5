package dev.signet.architecture;

import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

class PackagesFormNoCyclesTest {

    @Test
    void noPackageLeadsBackToItself() {
        Product.keeps(
                SlicesRuleDefinition.slices()
                        .matching("dev.signet.(**)")
                        .should()
                        .beFreeOfCycles());
    }
}
