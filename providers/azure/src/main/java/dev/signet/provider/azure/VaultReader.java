package dev.signet.provider.azure;

import dev.signet.provider.ReadOutcome;
import dev.signet.provider.StoreContext;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Reads from one vault, as often as {@code spec.retrySettings} allow. */
final class VaultReader {

    private static final String LISTING = "the list of its secrets";

    private final VaultConnection connection;
    private final VaultCalls calls;
    private final Retries retries;

    VaultReader(VaultConnection connection, VaultCalls calls, StoreContext context) {
        this.connection = connection;
        this.calls = calls;
        this.retries = new Retries(context.retry());
    }

    /** What the vault holds under a name. */
    ReadOutcome<Content> read(RemoteObject object) throws InterruptedException {
        return retries.run(() ->
                calls.run(
                                object.kind().call(),
                                object.what(),
                                () -> Contents.read(connection, object))
                        .outcome());
    }

    /**
     * A page of the list of secrets.
     *
     * @param link where the page before it says that it is; null for the first page
     */
    ReadOutcome<SecretPage> page(@Nullable String link) throws InterruptedException {
        ReadOutcome<SecretPage> outcome = retries.run(() -> listing(link).outcome());
        // A vault always has a list, if an empty one: what says otherwise is no vault.
        return outcome instanceof ReadOutcome.Missing<SecretPage>
                ? new ReadOutcome.Unavailable<>(
                        "Key Vault answers that it has no list of secrets (404); is vaultUrl right?")
                : outcome;
    }

    /** Whether the vault can be reached and accepts this identity: Found, or why not. */
    ReadOutcome<Boolean> verify() throws InterruptedException {
        return retries.run(() -> {
            VaultCalls.Attempt<SecretPage> first = listing(null);
            Refusal refusal = first.refusal();
            // An identity that may read what it knows the name of need not list.
            return refusal != null && StatusRules.knowsIdentity(refusal)
                    ? new ReadOutcome.Found<>(true)
                    : Outcomes.then(first.outcome(), page -> new ReadOutcome.Found<>(true));
        });
    }

    private VaultCalls.Attempt<SecretPage> listing(@Nullable String link)
            throws InterruptedException {
        Callable<SecretPage> call = () -> Contents.page(connection, link);
        return calls.run(AzureCalls.LIST, LISTING, call);
    }
}
