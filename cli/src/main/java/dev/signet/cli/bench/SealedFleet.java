package dev.signet.cli.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.signet.provider.SecretValue;
import dev.signet.sealed.Scope;
import dev.signet.sealed.UnsealingKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * SealedSecrets of two values each, spread over namespaces. They are sealed once, so that each
 * controller has the very same to open.
 *
 * @param prefix of its namespaces
 * @param bodies the objects in JSON
 */
record SealedFleet(Lab lab, String prefix, List<byte[]> bodies) {

    private static final int NAMESPACES = 20;

    /**
     * Seals them; nothing is made in the cluster yet.
     *
     * @param keys one after the other is sealed with
     */
    static SealedFleet seal(Lab lab, String prefix, int size, List<UnsealingKey> keys, int atOnce) {
        List<byte[]> bodies = new ArrayList<>(Collections.nCopies(size, new byte[0]));
        SealedFleet fleet = new SealedFleet(lab, prefix, bodies);
        SecureRandom random = new SecureRandom();
        Parallel.each(
                0,
                size,
                atOnce,
                i -> bodies.set(i, fleet.body(i, keys.get(i % keys.size()), random)));
        return fleet;
    }

    private byte[] body(int index, UnsealingKey key, SecureRandom random) {
        return """
        {"apiVersion":"bitnami.com/v1alpha1","kind":"SealedSecret",\
        "metadata":{"name":"%1$s","namespace":"%2$s"},\
        "spec":{"encryptedData":{"username":"%3$s","password":"%4$s"},\
        "template":{"metadata":{"name":"%1$s","namespace":"%2$s"}}}}\
        """
                .formatted(
                        Fleet.name(index),
                        namespace(index),
                        sealed("user-" + index, index, key, random),
                        sealed("password-" + index, index, key, random))
                .getBytes(UTF_8);
    }

    private String sealed(String value, int index, UnsealingKey key, SecureRandom random) {
        return key.certificate()
                .seal(
                        SecretValue.ofUtf8(value),
                        Scope.STRICT.label(namespace(index), Fleet.name(index)),
                        random);
    }

    int size() {
        return bodies.size();
    }

    private String namespace(int index) {
        return prefix + "-" + index % NAMESPACES;
    }

    void createNamespaces() {
        for (int i = 0; i < NAMESPACES; i++) {
            lab.plane().api().createNamespace(namespace(i));
        }
    }

    /** Makes all objects. */
    void create(int atOnce) {
        Parallel.each(
                0,
                size(),
                atOnce,
                i ->
                        lab.calls()
                                .post(
                                        "/apis/bitnami.com/v1alpha1/namespaces/"
                                                + namespace(i)
                                                + "/sealedsecrets",
                                        bodies.get(i)));
    }

    /** Deletes all objects, Secrets and events. */
    void delete() {
        for (int i = 0; i < NAMESPACES; i++) {
            lab.calls()
                    .delete(
                            "/apis/bitnami.com/v1alpha1/namespaces/"
                                    + namespace(i)
                                    + "/sealedsecrets");
            lab.calls().delete("/api/v1/namespaces/" + namespace(i) + "/secrets");
            lab.calls().delete("/api/v1/namespaces/" + namespace(i) + "/events");
        }
    }
}
