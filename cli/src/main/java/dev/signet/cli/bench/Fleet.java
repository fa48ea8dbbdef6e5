package dev.signet.cli.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * ExternalSecrets that are measured: each with one value of its own, spread over namespaces.
 *
 * @param prefix of its namespaces
 * @param size how many it begins with
 * @param interval after which each is refreshed, as in a manifest
 */
record Fleet(Lab lab, String prefix, int size, String interval) {

    static final String NAME = "es-";

    /** Selects the Secrets that an operator has made. */
    static final String MANAGED = "labelSelector=reconcile.external-secrets.io%2Fmanaged%3Dtrue";

    static final int NAMESPACES = 20;

    /** Where the vault has the value of an object. */
    static String remoteKey(int index) {
        return "bench/" + index;
    }

    static String name(int index) {
        return NAME + index;
    }

    String namespace(int index) {
        return prefix + "-" + index % NAMESPACES;
    }

    String externalSecrets(int index) {
        return "/apis/external-secrets.io/v1/namespaces/" + namespace(index) + "/externalsecrets";
    }

    String externalSecret(int index) {
        return externalSecrets(index) + "/" + name(index);
    }

    String secrets(int index) {
        return "/api/v1/namespaces/" + namespace(index) + "/secrets";
    }

    String secret(int index) {
        return secrets(index) + "/" + name(index);
    }

    void createNamespaces() {
        for (int i = 0; i < NAMESPACES; i++) {
            lab.plane().api().createNamespace(namespace(i));
        }
    }

    /** Makes all objects, with their values in the vault. */
    void create(int atOnce) {
        lab.values(size, atOnce);
        createNamespaces();
        Parallel.each(0, size, atOnce, this::createOne);
    }

    void createOne(int index) {
        createOne(index, index);
    }

    /** Makes an object that refers to the value of this number. */
    void createOne(int index, int value) {
        lab.calls().post(externalSecrets(index), manifest(index, value).getBytes(UTF_8));
    }

    /** An element of {@code spec.data} that refers to the value of this number. */
    static String reference(int value) {
        return "{\"secretKey\":\"value\",\"remoteRef\":{\"key\":\"%s\",\"property\":\"value\"}}"
                .formatted(remoteKey(value));
    }

    private String manifest(int index, int value) {
        return """
        {"apiVersion":"external-secrets.io/v1","kind":"ExternalSecret","metadata":{"name":"%s"},\
        "spec":{"refreshInterval":"%s",\
        "secretStoreRef":{"kind":"ClusterSecretStore","name":"%s"},\
        "data":[{"secretKey":"value","remoteRef":{"key":"%s","property":"value"}}]}}\
        """
                .formatted(name(index), interval, Lab.STORE, remoteKey(value));
    }

    /** Asks for a sync, as a person would. */
    void forceSync(int index, String mark) {
        lab.calls()
                .patch(
                        externalSecret(index),
                        "{\"metadata\":{\"annotations\":{\"force-sync\":\"%s\"}}}"
                                .formatted(mark)
                                .getBytes(UTF_8));
    }

    /** Deletes all objects and Secrets; the empty namespaces stay. */
    void delete() {
        Parallel.each(
                0,
                NAMESPACES,
                NAMESPACES / 4,
                i -> {
                    lab.calls().delete(externalSecrets(i));
                    lab.calls().delete(secrets(i));
                });
    }
}
