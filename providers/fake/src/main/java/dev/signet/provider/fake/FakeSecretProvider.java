package dev.signet.provider.fake;

import dev.signet.api.store.FakeData;
import dev.signet.api.store.FakeProvider;
import dev.signet.provider.Reference;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretProvider;
import dev.signet.provider.StoreCapabilities;
import dev.signet.provider.StoreContext;
import java.util.ArrayList;
import java.util.List;

/** Serves the values that a store's {@code spec.provider.fake} lists. */
public final class FakeSecretProvider implements SecretProvider<FakeProvider> {

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public Class<FakeProvider> specType() {
        return FakeProvider.class;
    }

    @Override
    public StoreCapabilities capabilities() {
        return StoreCapabilities.READ_WRITE;
    }

    @Override
    public List<Reference> references(FakeProvider spec) {
        return List.of();
    }

    @Override
    public List<String> problems(FakeProvider spec) {
        List<String> problems = new ArrayList<>();
        int index = 0;
        for (FakeData data : spec.data()) {
            if (data.key().isEmpty()) {
                problems.add("fake.data[" + index + "].key must be set");
            }
            if (data.value().isEmpty()) {
                problems.add("fake.data[" + index + "].value must be set");
            }
            index++;
        }
        return problems;
    }

    @Override
    public SecretClient open(FakeProvider spec, StoreContext context) {
        return new FakeSecretClient(spec);
    }
}
