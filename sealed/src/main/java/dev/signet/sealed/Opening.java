package dev.signet.sealed;

import dev.signet.provider.SecretValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One object whose values are being opened. Its state is guarded by {@link Turns}.
 *
 * <p>Values are handed out by their keys' order, and no more of them than may fail: so those that
 * are tried are the same each time, however many are tried at once.
 */
final class Opening {

    private final String namespace;
    private final byte[] label;
    private final KeyRing ring;
    private final List<Map.Entry<String, String>> items;
    private final Map<String, SecretValue> values = new TreeMap<>();
    private final Set<String> openedBy = new TreeSet<>();
    private final TreeMap<String, String> problems = new TreeMap<>();
    private int next;
    private int underWay;
    private boolean waiting;
    private @Nullable Throwable defect;
    private volatile boolean givenUp;

    Opening(SealedItems sealed, KeyRing ring) {
        this.namespace = sealed.namespace();
        this.label = sealed.scope().label(sealed.namespace(), sealed.name());
        this.ring = ring;
        this.items = List.copyOf(new TreeMap<>(sealed.items()).entrySet());
    }

    String namespace() {
        return namespace;
    }

    byte[] label() {
        return label;
    }

    KeyRing ring() {
        return ring;
    }

    /** Whether nobody waits for it any more. May be asked without the guard. */
    boolean isGivenUp() {
        return givenUp;
    }

    /** Whether a value may be tried now. */
    boolean hasTurn() {
        return !givenUp
                && defect == null
                && next < items.size()
                && problems.size() + underWay < Opener.MOST_UNOPENED;
    }

    /** Whether nothing of it is tried, nor will be. */
    boolean isOver() {
        return underWay == 0 && !hasTurn();
    }

    boolean isWaiting() {
        return waiting;
    }

    void waits(boolean now) {
        waiting = now;
    }

    /** The next value to be tried. */
    Map.Entry<String, String> take() {
        underWay++;
        return items.get(next++);
    }

    void ended(String key, Attempt attempt) {
        underWay--;
        switch (attempt) {
            case Attempt.Value opened -> {
                values.put(key, opened.value());
                openedBy.add(opened.key().fingerprint());
            }
            case Attempt.Failed failed -> problems.put(key, failed.problem());
            case Attempt.Broken broken -> defect = broken.cause();
        }
        if (givenUp) {
            wipe();
        }
    }

    /** Nobody waits for it any more, and nobody may see what was opened. */
    void giveUp() {
        givenUp = true;
        wipe();
    }

    /**
     * What came of it, once it is over.
     *
     * @throws IllegalStateException where a value could not be tried
     */
    Opened outcome() {
        if (defect != null) {
            throw new IllegalStateException("a sealed value could not be tried", defect);
        }
        if (problems.isEmpty()) {
            Opened.Values opened = new Opened.Values(values, openedBy);
            // They are the caller's now.
            values.clear();
            return opened;
        }
        return new Opened.Unopened(problems, items.size() - next);
    }

    private void wipe() {
        values.values().forEach(SecretValue::wipe);
        values.clear();
    }
}
