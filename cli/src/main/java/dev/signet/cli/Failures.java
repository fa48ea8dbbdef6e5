package dev.signet.cli;

import dev.signet.cli.bench.BenchException;
import dev.signet.operator.StartupException;
import dev.signet.operator.kube.KubernetesErrors;
import dev.signet.operator.observe.AddressUnavailableException;
import dev.signet.testbed.TestbedException;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** Says in one line why a command failed. */
final class Failures {

    private Failures() {}

    static String line(Exception failure) {
        return switch (failure) {
            case StartupException e -> e.text();
            case KubernetesClientException e -> KubernetesErrors.text(e);
            case TestbedException e -> flat(e);
            case BenchException e -> flat(e);
            case AddressUnavailableException e -> flat(e);
            case CommandFailedException e -> flat(e);
            case InterruptedException e -> "interrupted";
            default -> "unexpected failure: " + failure.getClass().getSimpleName() + at(failure);
        };
    }

    private static String flat(Exception e) {
        return String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ");
    }

    // A message of an unknown exception may hold anything, so only the place is told.
    private static String at(Exception failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        return trace.length == 0 ? "" : " at " + trace[0];
    }
}
