package dev.signet.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;

import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.signet.provider.SecretValue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LogsHoldNoSecretsTest {

    @Test
    void whateverLogsHasNoSecretValueAtHand() {
        // Logger's parameters are Objects, so an argument's type is lost in the class file; that no
        // method that logs has a secret at hand is stricter, and can be seen.
        Product.keeps(
                codeUnits()
                        .that()
                        .areDeclaredInClassesThat()
                        .resideInAPackage("dev.signet..")
                        .should(haveNoSecretWhereTheyLog()));
    }

    private static ArchCondition<JavaCodeUnit> haveNoSecretWhereTheyLog() {
        return new ArchCondition<>("have no SecretValue at hand where they log") {
            @Override
            public void check(JavaCodeUnit unit, ConditionEvents events) {
                if (logs(unit) && touched(unit).anyMatch(SecretValue.class.getName()::equals)) {
                    events.add(
                            SimpleConditionEvent.violated(
                                    unit, unit.getFullName() + " logs and has a SecretValue"));
                }
            }
        };
    }

    private static boolean logs(JavaCodeUnit unit) {
        return unit.getMethodCallsFromSelf().stream()
                .anyMatch(call -> call.getTargetOwner().getPackageName().startsWith("org.slf4j"));
    }

    private static Stream<String> touched(JavaCodeUnit unit) {
        return Stream.of(
                        unit.getRawParameterTypes().stream().map(type -> type.getName()),
                        unit.getFieldAccesses().stream()
                                .map(access -> access.getTarget().getRawType().getName()),
                        unit.getCallsFromSelf().stream()
                                .flatMap(call ->
                                        Stream.of(
                                                call.getTargetOwner().getName(),
                                                call.getTarget().getRawReturnType().getName())))
                .flatMap(names -> names);
    }
}
