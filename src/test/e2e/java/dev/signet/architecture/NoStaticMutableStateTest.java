package dev.signet.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import org.junit.jupiter.api.Test;

class NoStaticMutableStateTest {

    @Test
    void staticFieldsAreFinal() {
        Product.keeps(fields().that().areStatic().should().beFinal());
    }

    @Test
    void staticFieldsHoldNothingThatIsMadeToBeChanged() {
        Product.keeps(
                noFields()
                        .that()
                        .areStatic()
                        .should()
                        .haveRawType(
                                new DescribedPredicate<JavaClass>("a mutable type") {
                                    @Override
                                    public boolean test(JavaClass type) {
                                        return isMutable(type.getName());
                                    }
                                }));
    }

    private static boolean isMutable(String type) {
        return type.startsWith("java.util.concurrent.atomic.")
                || type.startsWith("java.util.concurrent.locks.")
                || type.matches("java\\.util\\.concurrent\\.(Concurrent|CopyOnWrite|Linked)\\w+")
                || type.matches(
                        "java\\.util\\.((Linked|Weak|Identity)?HashMap|TreeMap|(Linked)?HashSet|TreeSet|ArrayList|LinkedList|ArrayDeque|Properties)")
                || type.equals("java.lang.ThreadLocal");
    }
}
