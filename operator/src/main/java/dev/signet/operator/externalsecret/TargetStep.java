package dev.signet.operator.externalsecret;

import dev.signet.api.ExternalSecretTarget;
import dev.signet.operator.event.EventRecorder;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** The fourth step: brings the target to what is wanted, as its policies have it. */
final class TargetStep {

    private final SecretWriter writer;
    private final TargetRemoval removal;
    private final TargetCache targets;
    private final EventRecorder events;

    TargetStep(
            SecretWriter writer, TargetRemoval removal, TargetCache targets, EventRecorder events) {
        this.writer = writer;
        this.removal = removal;
        this.targets = targets;
        this.events = events;
    }

    /** Writes or deletes the target, or leaves it as it is. */
    Ending apply(Look look, SecretReader.Reading reading, SortedMap<String, byte[]> wanted)
            throws SyncException {
        List<Substitute> substitutes = reading.substitutes();
        if (wanted.isEmpty() && !substitutes.isEmpty()) {
            // What a fallback does not have is no reason to delete, or to take keys out.
            throw SyncException.passing(
                    SyncException.READ,
                    "%s (%s), and its fallback %s has nothing of what is asked for"
                            .formatted(
                                    substitutes.getFirst().why(),
                                    substitutes.getFirst().detail(),
                                    substitutes.getFirst().fallback()));
        }
        Ending ending =
                wanted.isEmpty()
                        ? withoutData(look, reading.isAllGone(look.spec()), wanted)
                        : write(look, wanted, substitutes);
        if (ending.bound()) {
            removal.orphans(look.es());
        }
        return ending;
    }

    private Ending withoutData(Look look, boolean allGone, SortedMap<String, byte[]> none)
            throws SyncException {
        return switch (look.spec().target().deletionPolicy()) {
            case ExternalSecretTarget.DELETE -> {
                if (!allGone) {
                    // A secret without keys, or whose keys were all rewritten away, is not missing.
                    throw SyncException.passing(
                            SyncException.READ,
                            "spec.dataFrom: the secrets are there and give no keys, which is no reason to delete; mend the entries, or the secrets");
                }
                if (removal.delete(look.es())) {
                    tell(look, Reasons.EVENT_DELETED, Reasons.SECRET_DELETED);
                }
                yield new Ending(Reasons.DELETED, Reasons.SECRET_DELETED, false);
            }
            case ExternalSecretTarget.RETAIN ->
                    new Ending(Reasons.SYNCED, Reasons.SECRET_RETAINED, false);
            default -> write(look, none, List.of());
        };
    }

    private Ending write(Look look, SortedMap<String, byte[]> wanted, List<Substitute> substitutes)
            throws SyncException {
        Optional<Secret> stub = targets.find(look.namespace(), Targets.nameOf(look.es()));
        boolean sameSource = look.version().equals(look.before().syncedResourceVersion());
        String synced = FallbackNews.message(look.before(), substitutes);
        return switch (writer.write(look.es(), wanted, stub, sameSource, substitutes)) {
            case CREATED -> {
                tell(look, Reasons.EVENT_CREATED, Reasons.SECRET_CREATED);
                yield new Ending(Reasons.SYNCED, synced, true);
            }
            case UPDATED -> {
                tell(look, Reasons.EVENT_UPDATED, Reasons.SECRET_UPDATED);
                yield new Ending(Reasons.SYNCED, synced, true);
            }
            case UNCHANGED -> new Ending(Reasons.SYNCED, synced, true);
            case NOT_WRITTEN -> new Ending(Reasons.SYNCED, synced, false);
            case ABSENT -> new Ending(Reasons.MISSING, Reasons.SECRET_NOT_CREATED, false);
        };
    }

    private void tell(Look look, String reason, String message) {
        events.normal(look.es(), ExternalSecretSync.COMPONENT, reason, message);
    }
}
