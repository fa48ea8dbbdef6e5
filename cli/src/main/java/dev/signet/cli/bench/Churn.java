package dev.signet.cli.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.signet.testbed.TestbedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Changes a fleet in every way that people do, one change after the other, and keeps account of
 * what should be there. Not thread-safe.
 */
final class Churn {

    private static final String STORE =
            "/apis/external-secrets.io/v1/clustersecretstores/" + Lab.STORE;

    /** What is done, and how often beside the others. */
    private enum Change {
        ROTATE(30),
        EDIT(20),
        CREATE(15),
        DELETE(15),
        SPOIL_SECRET(10),
        DELETE_SECRET(10);

        private final int weight;

        Change(int weight) {
            this.weight = weight;
        }
    }

    private final Lab lab;
    private final Fleet fleet;
    private final RandomGenerator random;

    /** The objects that should be there, with the number of the value that each refers to. */
    private final Map<Integer, Integer> references = new TreeMap<>();

    /** The same objects, to pick from. */
    private final List<Integer> alive = new ArrayList<>();

    private int next;
    private long changes;
    private int storeEdits;

    Churn(Lab lab, Fleet fleet, RandomGenerator random) {
        this.lab = lab;
        this.fleet = fleet;
        this.random = random;
        for (int i = 0; i < fleet.size(); i++) {
            references.put(i, i);
            alive.add(i);
        }
        next = fleet.size();
    }

    /** How many changes were made. */
    long changes() {
        return changes;
    }

    /** The objects that should be there, with the number of the value that each refers to. */
    Map<Integer, Integer> expected() {
        return Map.copyOf(references);
    }

    /** Makes one change. Where the vault is down a value may not change, which is no failure. */
    void step() {
        int index = alive.get(random.nextInt(alive.size()));
        switch (pick()) {
            case ROTATE -> rotate(random.nextInt(fleet.size()));
            case EDIT -> edit(index, random.nextInt(fleet.size()));
            case CREATE -> create();
            case DELETE -> delete(index);
            case SPOIL_SECRET ->
                    lab.calls()
                            .patchIfThere(
                                    fleet.secret(index),
                                    "{\"data\":{\"value\":\"c3BvaWxlZA==\"}}".getBytes(UTF_8));
            case DELETE_SECRET -> lab.calls().delete(fleet.secret(index));
        }
        changes++;
    }

    /** Edits the store, so that all is read again. */
    void editStore() {
        storeEdits++;
        lab.calls()
                .patch(
                        STORE,
                        "{\"spec\":{\"retrySettings\":{\"maxRetries\":%d}}}"
                                .formatted(3 + storeEdits % 2)
                                .getBytes(UTF_8));
        changes++;
    }

    private Change pick() {
        int at = random.nextInt(100);
        for (Change change : Change.values()) {
            at -= change.weight;
            if (at < 0) {
                return change;
            }
        }
        return Change.ROTATE;
    }

    private void rotate(int value) {
        try {
            lab.value(value, "rotated-" + changes);
        } catch (TestbedException vaultIsDown) {
            // Whether it was written is told by the vault, at the end.
        }
    }

    private void edit(int index, int value) {
        lab.calls()
                .patch(
                        fleet.externalSecret(index),
                        "{\"spec\":{\"data\":[%s]}}"
                                .formatted(Fleet.reference(value))
                                .getBytes(UTF_8));
        references.put(index, value);
    }

    private void create() {
        int value = random.nextInt(fleet.size());
        fleet.createOne(next, value);
        references.put(next, value);
        alive.add(next);
        next++;
    }

    private void delete(int index) {
        if (alive.size() > fleet.size() / 2) {
            lab.calls().delete(fleet.externalSecret(index));
            references.remove(index);
            alive.remove(Integer.valueOf(index));
        }
    }

    /** Ends the vault, leaves it down for a while, and starts it again with its data. */
    void restartVault(Duration down) {
        lab.vault().stop();
        Patience.pause(down);
        lab.vault().start();
    }
}
