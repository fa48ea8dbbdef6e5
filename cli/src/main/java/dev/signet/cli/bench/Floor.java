package dev.signet.cli.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The least that a fleet costs: each Secret created and each status written, as bare calls with
 * bodies made before, of the sizes that the operator writes, and nothing else.
 */
final class Floor {

    private static final int WARM_UP = 200;
    private static final String HASH = "0123456789abcdef0123456789abcdef0123456789abcdef01234567";
    private static final String UID = "01234567-89ab-cdef-0123-456789abcdef";

    private final Lab lab;
    private final int atOnce;

    Floor(Lab lab, int atOnce) {
        this.lab = lab;
        this.atOnce = atOnce;
    }

    /** Takes the time for {@code size} objects, by the faster version of HTTP, warmed up. */
    Duration measure(String prefix, int size) {
        int all = size + 4 * WARM_UP;
        Fleet fleet = new Fleet(lab, prefix, all, "1h");
        fleet.createNamespaces();
        Parallel.each(0, all, atOnce, fleet::createOne);
        List<byte[]> secrets = new ArrayList<>(all);
        List<byte[]> statuses = new ArrayList<>(all);
        for (int i = 0; i < all; i++) {
            secrets.add(secret(i).getBytes(UTF_8));
            statuses.add(status(i).getBytes(UTF_8));
        }
        try (Calls one = new Calls(lab.plane(), HttpClient.Version.HTTP_1_1);
                Calls two = new Calls(lab.plane(), HttpClient.Version.HTTP_2)) {
            Work work = new Work(fleet, secrets, statuses);
            // Each twice, for the first time is the one in which the JVM learns.
            write(one, work, size, size + WARM_UP);
            write(two, work, size + WARM_UP, size + 2 * WARM_UP);
            Duration first = write(one, work, size + 2 * WARM_UP, size + 3 * WARM_UP);
            Duration second = write(two, work, size + 3 * WARM_UP, all);
            Calls faster = first.compareTo(second) <= 0 ? one : two;
            return write(faster, work, 0, size);
        } finally {
            fleet.delete();
        }
    }

    private record Work(Fleet fleet, List<byte[]> secrets, List<byte[]> statuses) {}

    private Duration write(Calls calls, Work work, int from, int to) {
        long begun = System.nanoTime();
        Parallel.each(
                from,
                to,
                atOnce,
                i -> {
                    calls.post(
                            work.fleet().secrets(i)
                                    + "?fieldManager=externalsecrets.external-secrets.io%2F"
                                    + Fleet.name(i),
                            work.secrets().get(i));
                    calls.patch(work.fleet().externalSecret(i) + "/status", work.statuses().get(i));
                });
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private static String secret(int index) {
        return """
        {"apiVersion":"v1","kind":"Secret","type":"Opaque","data":{"value":"%s"},\
        "metadata":{"name":"%s","annotations":{"reconcile.external-secrets.io/data-hash":"%s"},\
        "labels":{"reconcile.external-secrets.io/created-by":"%s",\
        "reconcile.external-secrets.io/managed":"true"},\
        "ownerReferences":[{"apiVersion":"external-secrets.io/v1","kind":"ExternalSecret",\
        "name":"%s","uid":"%s","controller":true,"blockOwnerDeletion":true}]}}\
        """
                .formatted(
                        "dmFsdWUtMTIzNDU=", Fleet.name(index), HASH, HASH, Fleet.name(index), UID);
    }

    private static String status(int index) {
        return """
        {"status":{"refreshTime":"2030-01-01T00:00:00Z",\
        "syncedResourceVersion":"1-%s",\
        "conditions":[{"type":"Ready","status":"True","reason":"SecretSynced",\
        "message":"secret synced","lastTransitionTime":"2030-01-01T00:00:00Z"}],\
        "binding":{"name":"%s"}}}\
        """
                .formatted(HASH, Fleet.name(index));
    }
}
