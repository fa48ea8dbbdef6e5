package dev.signet.provider.kubernetes;

import dev.signet.api.store.CaProvider;
import dev.signet.api.store.KubernetesAuth;
import dev.signet.api.store.KubernetesProvider;
import dev.signet.api.store.KubernetesServer;
import dev.signet.api.store.SecretKeySelector;
import dev.signet.api.store.ServiceAccountSelector;
import dev.signet.provider.Reference;
import dev.signet.rest.Tls;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a spec once, noting what it refers to and what is wrong with it. Of the ways to log
 * in only the one that is used counts.
 */
final class SpecCheck {

    static final String SPEC = "spec.provider.kubernetes.";
    private static final String AUTH = SPEC + "auth.";

    private final List<Reference> references = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    SpecCheck(KubernetesProvider spec) {
        if (!Names.isLabel(spec.remoteNamespace())) {
            problems.add(SPEC + "remoteNamespace is not the name of a namespace");
        }
        if (spec.authRef() != null) {
            // The kubeconfig says it all, as in External Secrets.
            secret(spec.authRef(), SPEC + "authRef");
            return;
        }
        server(Access.server(spec));
        auth(spec.auth());
    }

    static Reference.SecretKey reference(SecretKeySelector selector) {
        return new Reference.SecretKey(selector.namespace(), selector.name(), selector.key());
    }

    static Reference.ServiceAccount reference(ServiceAccountSelector selector) {
        return new Reference.ServiceAccount(
                selector.namespace(), selector.name(), selector.audiences());
    }

    List<Reference> references() {
        return List.copyOf(references);
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    private void server(KubernetesServer server) {
        if (!ServerUrl.isOne(server.url())) {
            problems.add(
                    SPEC + "server.url is not an address such as https://cluster.example.com:6443");
        }
        CaProvider ca = server.caProvider();
        if (server.caBundle().isEmpty() && ca != null) {
            Tls.problem(ca, SPEC + "server.caProvider")
                    .ifPresentOrElse(problems::add, () -> references.add(Tls.reference(ca)));
        }
    }

    private void auth(@Nullable KubernetesAuth auth) {
        long ways =
                auth == null
                        ? 0
                        : Stream.of(auth.cert(), auth.token(), auth.serviceAccount())
                                .filter(Objects::nonNull)
                                .count();
        if (auth == null || ways != 1) {
            problems.add(
                    SPEC
                            + "auth must have one of serviceAccount, token and cert, or authRef name a kubeconfig");
        } else if (auth.token() != null) {
            secret(auth.token().bearerToken(), AUTH + "token.bearerToken");
        } else if (auth.cert() != null) {
            secret(auth.cert().clientCert(), AUTH + "cert.clientCert");
            secret(auth.cert().clientKey(), AUTH + "cert.clientKey");
        } else if (auth.serviceAccount() != null) {
            if (auth.serviceAccount().name().isEmpty()) {
                problems.add(AUTH + "serviceAccount.name is missing");
            } else {
                references.add(reference(auth.serviceAccount()));
            }
        }
    }

    private void secret(@Nullable SecretKeySelector selector, String field) {
        if (selector == null || selector.name().isEmpty()) {
            problems.add(field + ".name is missing");
        } else if (selector.key().isEmpty()) {
            problems.add(field + ".key is missing");
        } else {
            references.add(reference(selector));
        }
    }
}
