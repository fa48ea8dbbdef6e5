package dev.signet.operator.sealedsecret.keys;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signet.operator.kube.KubernetesErrors;
import dev.signet.operator.sealedsecret.KeySettings;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the newest certificate in a ConfigMap, so that it can be had where the operator cannot be
 * reached. Only the one entry is written; others stay. For one thread.
 */
final class CertificateMap {

    static final String ENTRY = "cert.pem";

    private static final Logger log = LoggerFactory.getLogger(CertificateMap.class);

    /** What was written takes a moment to come back; and two operators may not agree. */
    static final Duration BETWEEN_WRITES = Duration.ofSeconds(2);

    private final KubernetesClient client;
    private final String namespace;
    private final KeySettings settings;
    private final LongSupplier nanos;
    private long lastWrite;
    private boolean written;
    private String told = "";

    CertificateMap(
            KubernetesClient client, String namespace, KeySettings settings, LongSupplier nanos) {
        this.client = client;
        this.namespace = namespace;
        this.settings = settings;
        this.nanos = nanos;
    }

    /**
     * Writes the certificate, where it is not there.
     *
     * @return whether to look again after {@link #BETWEEN_WRITES}
     */
    boolean heal(Optional<ConfigMap> actual, String pem) {
        if (actual.map(ConfigMap::getData).map(data -> pem.equals(data.get(ENTRY))).orElse(false)) {
            told = "";
            return false;
        }
        if (!written || nanos.getAsLong() - lastWrite >= BETWEEN_WRITES.toNanos()) {
            written = true;
            lastWrite = nanos.getAsLong();
            try {
                write(actual.isPresent(), pem);
            } catch (KubernetesClientException e) {
                return failed(e);
            }
        }
        return true;
    }

    private void write(boolean isThere, String pem) {
        var maps = client.configMaps().inNamespace(namespace);
        if (isThere) {
            ObjectNode patch = JsonNodeFactory.instance.objectNode();
            patch.putObject("data").put(ENTRY, pem);
            maps.withName(settings.certificateMap())
                    .patch(PatchContext.of(PatchType.JSON_MERGE), patch.toString());
        } else {
            maps.resource(
                            new ConfigMapBuilder()
                                    .withNewMetadata()
                                    .withNamespace(namespace)
                                    .withName(settings.certificateMap())
                                    .endMetadata()
                                    .withData(Map.of(ENTRY, pem))
                                    .build())
                    .create();
        }
    }

    private boolean failed(KubernetesClientException failure) {
        if (KubernetesErrors.isConflict(failure) || KubernetesErrors.isNotFound(failure)) {
            // Somebody was quicker; the watch brings what is there now.
            return true;
        }
        String cause = KubernetesErrors.text(failure);
        if (!cause.equals(told)) {
            told = cause;
            log.atWarn()
                    .addKeyValue("namespace", namespace)
                    .addKeyValue("name", settings.certificateMap())
                    .addKeyValue("cause", cause)
                    .log("certificate not published; trying again");
        }
        return false;
    }
}
