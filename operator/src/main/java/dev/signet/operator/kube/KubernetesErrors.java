package dev.signet.operator.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URL;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Says in one line what the API server, or the way to it, answered. */
public final class KubernetesErrors {

    private static final int LONGEST = 512;

    private KubernetesErrors() {}

    /**
     * One line without a stack trace: the API server's own message where there is one, else the
     * cause of the failed connection. The API server's messages name objects and fields, and never
     * a Secret's data.
     */
    public static String text(KubernetesClientException failure) {
        if (failure.getStatus() != null && failure.getStatus().getMessage() != null) {
            return line(failure.getStatus().getMessage());
        }
        Optional<IOException> transport = transport(failure);
        if (transport.isPresent()) {
            return "the API server cannot be reached: " + describe(transport.get());
        }
        if (failure.getCode() > 0) {
            return "the API server answered HTTP " + failure.getCode();
        }
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : line(message);
    }

    /**
     * One line for a client that could not even ask for the API server's version: where it is, what
     * is wrong, what to do.
     */
    public static String cannotUse(URL server, KubernetesClientException failure) {
        String reason =
                failure.getStatus() == null
                        ? transport(failure)
                                .map(KubernetesErrors::describe)
                                .orElseGet(() -> text(failure))
                        : text(failure);
        return "cannot use the API server at %s: %s; %s".formatted(server, reason, remedy(failure));
    }

    private static String remedy(KubernetesClientException failure) {
        if (isDenied(failure)) {
            return "the API server does not accept the credentials; check the user or token in the kubeconfig";
        }
        if (isCausedBy(failure, SSLException.class)) {
            return "check certificate-authority in the kubeconfig";
        }
        return "check the server address in the kubeconfig, and that the API server runs";
    }

    /** Whether the API server said that there is no such object. */
    public static boolean isNotFound(KubernetesClientException failure) {
        return failure.getCode() == 404;
    }

    /** Whether the API server refused because of who asks. */
    public static boolean isDenied(KubernetesClientException failure) {
        return failure.getCode() == 401 || failure.getCode() == 403;
    }

    /** Whether somebody else changed the object first. */
    public static boolean isConflict(KubernetesClientException failure) {
        return failure.getCode() == 409;
    }

    /** Whether the API server, or the way to it, did not work, whatever was asked. */
    public static boolean isOutage(KubernetesClientException failure) {
        int code = failure.getCode();
        return code == 0 || code == 429 || code >= 500;
    }

    /** Whether the object cannot be made because its namespace is going away. */
    public static boolean isNamespaceTerminating(KubernetesClientException failure) {
        return failure.getCode() == 403 && text(failure).contains("being terminated");
    }

    private static Optional<IOException> transport(Throwable failure) {
        Optional<IOException> innermost = Optional.empty();
        Throwable at = failure;
        for (int depth = 0; at != null && depth < 12; depth++) {
            if (at instanceof ConnectException
                    || at instanceof HttpTimeoutException
                    || at instanceof SSLException) {
                return Optional.of((IOException) at);
            }
            if (at instanceof IOException found) {
                innermost = Optional.of(found);
            }
            at = at.getCause();
        }
        return innermost;
    }

    private static String describe(IOException failure) {
        return switch (failure) {
            // Its message quotes the text that could not be read.
            case JsonProcessingException e -> "an answer that is no JSON";
            case HttpConnectTimeoutException e -> "connecting took too long";
            case HttpTimeoutException e -> "no answer in time";
            case ConnectException e when isCausedBy(e, UnresolvedAddressException.class) ->
                    "its host is not known";
            case ConnectException e -> "connection refused or no way there";
            case SSLException e when isCausedBy(e, CertPathBuilderException.class) ->
                    "its certificate is signed by none that the kubeconfig or this system trusts";
            default -> {
                String message = failure.getMessage();
                yield message == null ? failure.getClass().getSimpleName() : line(message);
            }
        };
    }

    private static boolean isCausedBy(Throwable failure, Class<? extends Exception> type) {
        Throwable at = failure;
        for (int depth = 0; at != null && depth < 12; depth++) {
            if (type.isInstance(at)) {
                return true;
            }
            at = at.getCause();
        }
        return false;
    }

    private static String line(String text) {
        String flat = text.replaceAll("\\s*\\R\\s*", " ").strip();
        return flat.length() <= LONGEST ? flat : flat.substring(0, LONGEST) + "...";
    }
}
