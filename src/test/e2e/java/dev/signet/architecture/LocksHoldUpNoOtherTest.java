package dev.signet.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.junit.jupiter.api.Test;

class LocksHoldUpNoOtherTest {

    @Test
    void synchronizedMethodsDoNotLeaveTheirClass() {
        // Whoever waits for a lock would wait for a backend too, or for a slow reader.
        Product.keeps(
                methods()
                        .that()
                        .areDeclaredInClassesThat()
                        .resideInAnyPackage("dev.signet.operator..", "dev.signet.provider..")
                        .and()
                        .haveModifier(JavaModifier.SYNCHRONIZED)
                        .should(callOnlyTheirOwnClassAndTheLanguage())
                        .allowEmptyShould(true));
    }

    private static ArchCondition<JavaMethod> callOnlyTheirOwnClassAndTheLanguage() {
        return new ArchCondition<>("call only their own class, java.lang and java.util") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                method.getCallsFromSelf().stream()
                        .filter(call -> !isHarmless(method, call.getTargetOwner().getName()))
                        .forEach(call ->
                                events.add(
                                        SimpleConditionEvent.violated(
                                                method, call.getDescription())));
            }
        };
    }

    private static boolean isHarmless(JavaMethod method, String owner) {
        return owner.startsWith(method.getOwner().getName())
                || owner.matches("java\\.(lang|util)\\.[A-Z]\\w*");
    }
}
