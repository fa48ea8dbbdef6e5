package dev.signet.provider.contract;

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
import java.util.concurrent.ConcurrentHashMap;

/** What a store under test may refer to: values by reference, and nothing else. */
public final class ContractReferences implements References {

    private final Map<Reference, SecretValue> values = new ConcurrentHashMap<>();

    /** References to these values, equal ones only; tokens are given by ServiceAccount. */
    public ContractReferences(Map<? extends Reference, SecretValue> values) {
        this.values.putAll(values);
    }

    /** From now on, the reference is to this value. */
    public void put(Reference reference, SecretValue value) {
        values.put(reference, value);
    }

    /**
     * The context of a store with these references: no retries, nobody told of calls, backends on
     * this machine.
     */
    public StoreContext context() {
        return new StoreContext(
                "SecretStore contract/store",
                this,
                RetrySettings.NONE,
                (provider, call, success) -> {},
                Clock.systemUTC(),
                true);
    }

    @Override
    public SecretValue read(Reference.SecretKey reference) throws ReferenceException {
        return value(reference);
    }

    @Override
    public SecretValue read(Reference.ConfigMapKey reference) throws ReferenceException {
        return value(reference);
    }

    @Override
    public SecretValue token(
            Reference.ServiceAccount reference, List<String> audiences, Duration lifetime)
            throws ReferenceException {
        return value(reference);
    }

    @Override
    public Map<String, String> annotations(Reference.ServiceAccount reference) {
        return Map.of();
    }

    @Override
    public SecretValue ownToken() throws ReferenceException {
        throw new ReferenceException(ReferenceException.Cause.MISSING, "there is no own token");
    }

    private SecretValue value(Reference reference) throws ReferenceException {
        SecretValue value = values.get(reference);
        if (value == null) {
            throw new ReferenceException(
                    ReferenceException.Cause.MISSING, reference.name() + " does not exist");
        }
        return value;
    }
}
