package dev.signet.operator.externalsecret;

import dev.signet.provider.Reference;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretProvider;
import dev.signet.provider.StoreCapabilities;
import dev.signet.provider.StoreContext;
import java.util.List;

/**
 * A provider whose answers are those of a client that the test made. It goes by the name of one
 * whose content the CRDs do not check.
 */
record ScriptedProvider(SecretClient client) implements SecretProvider<ScriptedProvider.Spec> {

    static final String NAME = "akeyless";

    /** Nothing is needed to know the one client. */
    record Spec() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Class<Spec> specType() {
        return Spec.class;
    }

    @Override
    public StoreCapabilities capabilities() {
        return StoreCapabilities.READ_ONLY;
    }

    @Override
    public List<Reference> references(Spec spec) {
        return List.of();
    }

    @Override
    public List<String> problems(Spec spec) {
        return List.of();
    }

    @Override
    public SecretClient open(Spec spec, StoreContext context) {
        return client;
    }
}
