package dev.signet.provider.kubernetes;

import dev.signet.api.store.CaProvider;
import dev.signet.api.store.KubernetesAuth;
import dev.signet.api.store.KubernetesCertAuth;
import dev.signet.api.store.KubernetesProvider;
import dev.signet.api.store.KubernetesServer;
import dev.signet.api.store.KubernetesTokenAuth;
import dev.signet.api.store.SecretKeySelector;
import dev.signet.api.store.ServiceAccountSelector;
import dev.signet.provider.Reference;
import dev.signet.testbed.ControlPlane;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Specs of stores, and what they refer to. */
final class Specs {

    static final Reference.SecretKey TOKEN = new Reference.SecretKey("", "remote", "token");
    static final Reference.SecretKey CERT = new Reference.SecretKey("", "remote", "tls.crt");
    static final Reference.SecretKey KEY = new Reference.SecretKey("", "remote", "tls.key");
    static final Reference.SecretKey CONFIG = new Reference.SecretKey("", "remote", "config");
    static final Reference.ServiceAccount ACCOUNT =
            new Reference.ServiceAccount("", "reader", List.of());

    private Specs() {}

    static KubernetesServer server(ControlPlane plane) {
        return new KubernetesServer(
                plane.server().toString(),
                Base64.getEncoder()
                        .encodeToString(plane.caCertificate().getBytes(StandardCharsets.UTF_8)),
                null);
    }

    static KubernetesServer server(String url) {
        return new KubernetesServer(url, "", null);
    }

    static KubernetesServer server(String url, CaProvider ca) {
        return new KubernetesServer(url, "", ca);
    }

    static KubernetesProvider byToken(KubernetesServer server, String namespace) {
        return new KubernetesProvider(
                server,
                new KubernetesAuth(null, new KubernetesTokenAuth(selector(TOKEN)), null),
                null,
                namespace);
    }

    static KubernetesProvider byCertificate(KubernetesServer server, String namespace) {
        return new KubernetesProvider(
                server,
                new KubernetesAuth(
                        new KubernetesCertAuth(selector(CERT), selector(KEY)), null, null),
                null,
                namespace);
    }

    static KubernetesProvider byAccount(KubernetesServer server, String namespace) {
        return new KubernetesProvider(
                server,
                new KubernetesAuth(null, null, new ServiceAccountSelector("reader", "", List.of())),
                null,
                namespace);
    }

    static KubernetesProvider byKubeconfig(String namespace) {
        return new KubernetesProvider(null, null, selector(CONFIG), namespace);
    }

    static SecretKeySelector selector(Reference.SecretKey reference) {
        return new SecretKeySelector(reference.name(), reference.namespace(), reference.key());
    }
}
