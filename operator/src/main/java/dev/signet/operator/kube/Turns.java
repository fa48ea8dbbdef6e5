package dev.signet.operator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceAction;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceEvent;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Has the framework look at objects when we say so.
 *
 * <p>A turn is told as news of the object itself. Of any other event the framework takes no notice
 * once it has seen the object deleted, and where the deletion was still being looked at when
 * another of the same name was made, it has dropped the news of that one: a turn given later is the
 * only way to it.
 *
 * @param <P> the kind
 */
public final class Turns<P extends HasMetadata> extends AbstractEventSource<Void, P> {

    private volatile @Nullable Function<ResourceID, Optional<P>> cache;

    /** An event source of this name. */
    public Turns(String name) {
        super(Void.class, name);
    }

    /** Says where the objects are found; before that none has a turn. */
    public void of(Function<ResourceID, Optional<P>> objects) {
        cache = objects;
    }

    /** Gives the object a turn; false where it does not exist, and so will have none. */
    public boolean give(ResourceID id) {
        Function<ResourceID, Optional<P>> known = cache;
        Optional<P> object = known == null || !isRunning() ? Optional.empty() : known.apply(id);
        object.ifPresent(found ->
                getEventHandler()
                        .handleEvent(new ResourceEvent(ResourceAction.UPDATED, id, found)));
        return object.isPresent();
    }

    @Override
    public Set<Void> getSecondaryResources(P primary) {
        return Set.of();
    }
}
