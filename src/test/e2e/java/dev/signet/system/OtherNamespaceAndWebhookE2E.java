package dev.signet.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.testbed.ControlPlane;
import dev.signet.testbed.RbacRule;
import dev.signet.testbed.SharedControlPlane;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stores of the kinds kubernetes and webhook, from the manifest to the Secret. */
class OtherNamespaceAndWebhookE2E {

    private final ControlPlane plane = SharedControlPlane.get();
    private Space space;
    private RunningOperator operator;

    @BeforeEach
    void start() {
        space = Space.fresh();
        operator = RunningOperator.in(space.namespace());
    }

    @AfterEach
    void stop() {
        assertThat(operator.fatal()).isEmpty();
        operator.close();
        space.close();
    }

    @Test
    void readsSecretsOfAnotherNamespaceAsAServiceAccount() {
        String other = SharedControlPlane.freshNamespace();
        plane.api()
                .create(
                        Kind.SECRET.path(other),
                        Map.of(
                                "metadata",
                                Map.of("name", "app"),
                                "stringData",
                                Map.of("user", "alice", "password", "s3cret")));
        plane.api()
                .serviceAccount(
                        space.namespace(),
                        "reader",
                        List.of(
                                new RbacRule(
                                        List.of(""),
                                        List.of("secrets"),
                                        List.of("get"),
                                        List.of("app"))));
        space.apply(
                """
                kind: SecretStore
                apiVersion: external-secrets.io/v1
                metadata: {name: other}
                spec:
                  provider:
                    kubernetes:
                      remoteNamespace: %s
                      server: {url: "%s", caBundle: %s}
                      auth: {serviceAccount: {name: reader}}
                """
                        .formatted(
                                other,
                                plane.server(),
                                Base64.getEncoder()
                                        .encodeToString(
                                                plane.caCertificate()
                                                        .getBytes(StandardCharsets.UTF_8))));
        space.apply(
                Manifests.externalSecret("mine").from("other").data("p", "app", "password").yaml());

        space.awaitReady("mine");
        assertThat(space.data("mine")).isEqualTo(Map.of("p", "s3cret"));

        space.apply(Manifests.externalSecret("denied").from("other").data("p", "none", "p").yaml());
        space.awaitNotReady("denied", "denies Secret 'none' in namespace '" + other + "' (403)");
    }

    @Test
    void sendsToAWebhookWhatIsMarkedForItAndNothingElse() throws Exception {
        space.secret("auth", Map.of("token", "c4n4ry"));
        try (EchoServer echo = new EchoServer(200, "application/json", "{\"got\":\"%s\"}")) {
            space.apply(
                    """
                    kind: SecretStore
                    apiVersion: external-secrets.io/v1
                    metadata: {name: hook}
                    spec:
                      provider:
                        webhook:
                          url: "%s/{{ .remoteRef.key }}"
                          method: POST
                          headers: {Authorization: "Bearer {{ .auth.token }}"}
                          body: "key {{ .remoteRef.key }}"
                          result: {jsonPath: $.got}
                          secrets: [{name: auth, secretRef: {name: auth}}]
                    """
                            .formatted(echo.address()));
            space.apply(Manifests.externalSecret("mine").from("hook").data("v", "key: app").yaml());
            Space.await(() ->
                    Space.assertNotReady(
                            space.ready(Kind.SECRET_STORE, "hook"),
                            "external-secrets.io/type: webhook"));
            assertThat(space.data("mine")).isEmpty();

            space.patch(
                    Kind.SECRET,
                    "auth",
                    Map.of(
                            "metadata",
                            Map.of("labels", Map.of("external-secrets.io/type", "webhook"))));

            space.awaitReady("mine");
            assertThat(space.data("mine").get("v")).contains("Bearer c4n4ry").endsWith("key app");
        }
    }
}
