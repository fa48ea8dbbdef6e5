package dev.signet.provider.azure;

import dev.signet.provider.Reference;
import dev.signet.provider.ReferenceException;
import dev.signet.provider.References;
import dev.signet.provider.RetrySettings;
import dev.signet.provider.SecretValue;
import dev.signet.provider.StoreContext;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** References that live in memory: the keys of the Secret {@code azure}, and one ServiceAccount. */
final class FakeReferences implements References {

    private final Map<String, byte[]> keys = new ConcurrentHashMap<>();
    final Map<String, String> annotations = new ConcurrentHashMap<>();
    final List<List<String>> audiences = new CopyOnWriteArrayList<>();
    final List<String> calls = new CopyOnWriteArrayList<>();

    /** The credentials that the fake login accepts. */
    static FakeReferences good() {
        return new FakeReferences()
                .key("client-id", FakeLogin.CLIENT)
                .key("client-secret", FakeLogin.SECRET + "\n");
    }

    FakeReferences key(String key, String value) {
        return key(key, SecretValue.ofUtf8(value).bytes());
    }

    FakeReferences key(String key, byte[] value) {
        keys.put(key, value);
        return this;
    }

    void forget(String key) {
        keys.remove(key);
    }

    FakeReferences annotation(String name, String value) {
        annotations.put(name, value);
        return this;
    }

    /** The context of a store with these references, which notes the calls that are counted. */
    StoreContext context(Clock clock, RetrySettings retry) {
        return new StoreContext(
                "SecretStore team-a/azure",
                this,
                retry,
                (provider, call, success) ->
                        calls.add(provider + " " + call + " " + (success ? "ok" : "failed")),
                clock,
                true);
    }

    StoreContext context() {
        return context(Clock.systemUTC(), RetrySettings.NONE);
    }

    @Override
    public SecretValue read(Reference.SecretKey reference) throws ReferenceException {
        byte[] value = keys.get(reference.key());
        if (value == null || !reference.name().equals("azure")) {
            throw new ReferenceException(
                    ReferenceException.Cause.MISSING,
                    "Secret %s has no key %s".formatted(reference.name(), reference.key()));
        }
        return SecretValue.of(value);
    }

    @Override
    public SecretValue read(Reference.ConfigMapKey reference) throws ReferenceException {
        throw new ReferenceException(ReferenceException.Cause.MISSING, "there is no ConfigMap");
    }

    @Override
    public SecretValue token(
            Reference.ServiceAccount reference, List<String> wanted, Duration lifetime) {
        List<String> all = new ArrayList<>(reference.audiences());
        all.addAll(wanted);
        audiences.add(all);
        return SecretValue.ofUtf8(FakeLogin.SERVICE_ACCOUNT_TOKEN);
    }

    @Override
    public Map<String, String> annotations(Reference.ServiceAccount reference) {
        return Map.copyOf(annotations);
    }

    @Override
    public SecretValue ownToken() throws ReferenceException {
        throw new ReferenceException(ReferenceException.Cause.DENIED, "not lent");
    }
}
