package dev.signet.provider.webhook;

import dev.signet.provider.Reference;
import dev.signet.provider.ReferenceException;
import dev.signet.provider.References;
import dev.signet.provider.RetrySettings;
import dev.signet.provider.SecretValue;
import dev.signet.provider.StoreContext;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Secrets that live in memory, by name; each may bear the label or not. */
final class FakeReferences implements References {

    private final Map<String, Map<String, String>> secrets = new ConcurrentHashMap<>();
    private final Map<String, String> labels = new ConcurrentHashMap<>();
    final List<String> calls = new CopyOnWriteArrayList<>();
    final AtomicInteger reads = new AtomicInteger();

    /** A Secret that webhooks may use. */
    FakeReferences marked(String name, Map<String, String> values) {
        labels.put(name, WebhookSecretClient.LABEL + ": " + WebhookSecretClient.LABEL_VALUE);
        return unmarked(name, values);
    }

    FakeReferences unmarked(String name, Map<String, String> values) {
        secrets.put(name, values);
        return this;
    }

    StoreContext context() {
        return context(RetrySettings.NONE);
    }

    StoreContext context(RetrySettings retry) {
        return new StoreContext(
                "SecretStore here/webhook",
                this,
                retry,
                (provider, call, success) -> calls.add(provider + " " + call + " " + success),
                Clock.systemUTC(),
                true);
    }

    @Override
    public Map<String, SecretValue> readMarked(
            Reference.SecretKey reference, String label, String value) throws ReferenceException {
        reads.incrementAndGet();
        Map<String, String> secret = secrets.get(reference.name());
        if (secret == null) {
            throw new ReferenceException(
                    ReferenceException.Cause.MISSING,
                    "Secret " + reference.name() + " does not exist");
        }
        if (!(label + ": " + value).equals(labels.get(reference.name()))) {
            throw new ReferenceException(
                    ReferenceException.Cause.DENIED,
                    "Secret %s lacks the label %s".formatted(reference.name(), label));
        }
        Map<String, SecretValue> values = new TreeMap<>();
        secret.forEach((key, text) -> values.put(key, SecretValue.ofUtf8(text)));
        return values;
    }

    @Override
    public SecretValue read(Reference.SecretKey reference) {
        return SecretValue.ofUtf8(secrets.get(reference.name()).get(reference.key()));
    }

    @Override
    public SecretValue read(Reference.ConfigMapKey reference) {
        return SecretValue.ofUtf8(secrets.get(reference.name()).get(reference.key()));
    }

    @Override
    public SecretValue token(
            Reference.ServiceAccount reference, List<String> audiences, Duration lifetime) {
        throw new AssertionError(reference);
    }

    @Override
    public Map<String, String> annotations(Reference.ServiceAccount reference) {
        throw new AssertionError(reference);
    }

    @Override
    public SecretValue ownToken() {
        throw new AssertionError("the operator's own token");
    }
}
