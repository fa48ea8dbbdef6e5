package dev.signet.provider.aws;

import dev.signet.provider.Reference;
import dev.signet.provider.ReferenceException;
import dev.signet.provider.References;
import dev.signet.provider.SecretValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** References that live in memory; a Secret's key is {@code name/key}. */
final class FakeReferences implements References {

    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> accounts = new ConcurrentHashMap<>();

    /** The audiences of each token that was asked for. */
    final List<List<String>> audiences = new CopyOnWriteArrayList<>();

    /** Holds the static keys that {@link Specs} name. */
    static FakeReferences withKeys() {
        return new FakeReferences().keys("aws", "AKIAEXAMPLE", "secret");
    }

    FakeReferences keys(String secret, String id, String key) {
        secrets.put(secret + "/id", id);
        secrets.put(secret + "/key", key);
        return this;
    }

    FakeReferences secret(String nameAndKey, String value) {
        secrets.put(nameAndKey, value);
        return this;
    }

    FakeReferences account(String name, Map<String, String> annotations) {
        accounts.put(name, annotations);
        return this;
    }

    @Override
    public SecretValue read(Reference.SecretKey reference) throws ReferenceException {
        String value = secrets.get(reference.name() + "/" + reference.key());
        if (value == null) {
            throw missing("Secret " + reference.name());
        }
        return SecretValue.ofUtf8(value);
    }

    @Override
    public SecretValue read(Reference.ConfigMapKey reference) throws ReferenceException {
        throw missing("ConfigMap " + reference.name());
    }

    @Override
    public SecretValue token(
            Reference.ServiceAccount reference, List<String> asked, Duration lifetime) {
        List<String> all = new ArrayList<>(reference.audiences());
        all.addAll(asked);
        audiences.add(List.copyOf(all));
        return SecretValue.ofUtf8("token-of-" + reference.name());
    }

    @Override
    public Map<String, String> annotations(Reference.ServiceAccount reference)
            throws ReferenceException {
        Map<String, String> annotations = accounts.get(reference.name());
        if (annotations == null) {
            throw missing("ServiceAccount " + reference.name());
        }
        return annotations;
    }

    @Override
    public SecretValue ownToken() throws ReferenceException {
        throw missing("file");
    }

    private static ReferenceException missing(String what) {
        return new ReferenceException(ReferenceException.Cause.MISSING, what + " does not exist");
    }
}
