package dev.signet.operator.externalsecret;

import dev.signet.api.ExternalSecret;
import dev.signet.api.ExternalSecretStatus;
import dev.signet.operator.rig.Rig;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Short ways to set up and to look at what tests of this package need. */
record Scene(Rig rig) {

    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    /** A SecretStore of the provider {@code fake}; {@code data} is a list in YAML's flow style. */
    void store(String name, String data) {
        rig.apply(
                """
                apiVersion: external-secrets.io/v1
                kind: SecretStore
                metadata: {name: %s}
                spec: {provider: {fake: {data: %s}}}
                """
                        .formatted(name, data));
    }

    /** An ExternalSecret that brings the value {@code a} of a store, with more lines of spec. */
    void externalSecret(String name, String store, String... more) {
        externalSecretOf(
                name,
                store,
                String.join("\n", more) + "\ndata: [{secretKey: a, remoteRef: {key: a}}]");
    }

    /** An ExternalSecret with these lines of spec besides the store. */
    void externalSecretOf(String name, String store, String spec) {
        rig.apply(
                """
                apiVersion: external-secrets.io/v1
                kind: ExternalSecret
                metadata: {name: %s}
                spec:
                  secretStoreRef: {name: %s}
                %s
                """
                        .formatted(name, store, spec.indent(2)));
    }

    Resource<ExternalSecret> at(String name) {
        return rig.client()
                .resources(ExternalSecret.class)
                .inNamespace(rig.namespace())
                .withName(name);
    }

    void patch(String externalSecret, String json) {
        at(externalSecret).patch(MERGE, json);
    }

    void patchStatus(String externalSecret, String json) {
        at(externalSecret).subresource("status").patch(MERGE, json);
    }

    void patchSecret(String name, String json) {
        rig.client().secrets().inNamespace(rig.namespace()).withName(name).patch(MERGE, json);
    }

    void deleteSecret(String name) {
        rig.client().secrets().inNamespace(rig.namespace()).withName(name).delete();
    }

    /** The resourceVersion of a Secret. */
    String version(String secret) {
        return rig.secret(secret).orElseThrow().getMetadata().getResourceVersion();
    }

    ExternalSecretStatus status(String name) {
        ExternalSecretStatus status = rig.externalSecret(name).getStatus();
        return status == null ? ExternalSecretStatus.NONE : status;
    }

    /** When it was last refreshed; the epoch where it never was. */
    Instant refreshTime(String name) {
        String time = status(name).refreshTime();
        return time.isEmpty() ? Instant.EPOCH : Instant.parse(time);
    }

    /** How many looks at it have ended. */
    long looks(String name) {
        String series =
                "externalsecret_sync_calls_total{name=\"%s\",namespace=\"%s\"} "
                        .formatted(name, rig.namespace());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            rig.metrics().writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(series))
                .mapToLong(line -> Long.parseLong(line.substring(series.length())))
                .findAny()
                .orElse(0);
    }

    /** Waits until so many further looks have ended; where all is quiet, those are refreshes. */
    void awaitRefreshes(String name, int count) {
        long before = looks(name);
        rig.await(() -> looks(name) >= before + count);
    }

    /** The message of the Ready condition; empty while there is none. */
    String message(String name) {
        return rig.ready(name).map(ready -> ready.message()).orElse("");
    }

    /** The events about the object of that name, as {@code component Type Reason: message}. */
    List<String> events(String name) {
        return rig
                .client()
                .v1()
                .events()
                .inNamespace(rig.namespace())
                .withField("involvedObject.name", name)
                .list()
                .getItems()
                .stream()
                .map(Scene::text)
                .toList();
    }

    /** All metrics, as a scrape shows them. */
    String metrics() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            rig.metrics().writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String text(Event event) {
        return "%s %s %s: %s"
                .formatted(
                        event.getSource().getComponent(),
                        event.getType(),
                        event.getReason(),
                        event.getMessage());
    }
}
