package dev.signet.operator.sealedsecret;

import dev.signet.api.sealed.SealedSecret;
import dev.signet.operator.refresh.ObjectKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The SealedSecrets that the watch has brought. Those that it gives out are not to be changed. */
public interface SealedSecretCatalog {

    /** The SealedSecret of that name; empty where there is none, or none is known yet. */
    Optional<SealedSecret> find(String namespace, String name);

    /** All of a namespace, in no order. */
    List<SealedSecret> inNamespace(String namespace);

    /**
     * From now on {@code listener} is told of each SealedSecret that comes, goes, or whose spec,
     * labels or annotations change. It must return at once.
     */
    void onChange(Consumer<ObjectKey> listener);

    /**
     * Whether all SealedSecrets of a namespace are known, or all there are if it is empty; until
     * then one that is not found may exist.
     */
    boolean isComplete(String namespace);

    /**
     * From now on {@code listener} is told of each namespace whose SealedSecrets come to be known;
     * an empty one is all of them. It must return at once.
     */
    void onComplete(Consumer<String> listener);

    /** Whether those of a namespace are watched. */
    boolean covers(String namespace);

    /** Whether only those with some labels are watched, so that one not found may exist. */
    boolean isSelective();
}
