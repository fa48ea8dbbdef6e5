package dev.signet.provider.contract;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Leaves out the tests of what a backend lacks, and writes down how those of each case went, below
 * {@code target/conformance} of the module that is tested.
 */
final class ConformanceRecorder implements BeforeEachCallback, TestWatcher, AfterAllCallback {

    private static final ExtensionContext.Namespace OURS =
            ExtensionContext.Namespace.create(ConformanceRecorder.class);

    @Override
    public void beforeEach(ExtensionContext test) {
        ProviderContract tested = (ProviderContract) test.getRequiredTestInstance();
        Tally tally =
                ofClass(test)
                        .computeIfAbsent(
                                Tally.class, _ -> new Tally(tested.backend()), Tally.class);
        shownBy(test)
                .filter(tally::lacks)
                .ifPresent(left -> Assumptions.abort(tally.whyLacking(left)));
    }

    @Override
    public void testSuccessful(ExtensionContext test) {
        add(test, true);
    }

    @Override
    public void testFailed(ExtensionContext test, @Nullable Throwable cause) {
        add(test, false);
    }

    @Override
    public void afterAll(ExtensionContext tests) throws IOException {
        Tally tally = tests.getStore(OURS).get(Tally.class, Tally.class);
        if (tally != null) {
            tally.column().writeTo(Path.of("target", "conformance"));
        }
    }

    private static void add(ExtensionContext test, boolean success) {
        Tally tally = ofClass(test).get(Tally.class, Tally.class);
        if (tally != null) {
            shownBy(test).ifPresent(shown -> tally.add(shown, success));
        }
    }

    /** The tests of a class may each have an instance; what they share is kept beside the class. */
    private static ExtensionContext.Store ofClass(ExtensionContext test) {
        return test.getParent().orElseThrow().getStore(OURS);
    }

    /** A test that a provider words in its own way shows what the contract's shows. */
    private static Optional<ContractCase> shownBy(ExtensionContext test) {
        String name = test.getRequiredTestMethod().getName();
        return Arrays.stream(ProviderContract.class.getMethods())
                .filter(method -> method.getName().equals(name))
                .map(method -> method.getAnnotation(Shows.class))
                .filter(Objects::nonNull)
                .map(Shows::value)
                .findFirst();
    }
}
