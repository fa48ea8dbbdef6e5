package dev.signet.provider.aws;

import dev.signet.provider.SecretClient;
import dev.signet.provider.contract.ContractBackend;
import java.util.List;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** Parameter Store as the contract's backend. */
final class ParameterStoreBackend implements ContractBackend {

    private final Fixture fixture;
    private final SsmClient keeper;
    private final String prefix;

    /**
     * @param prefix of the store, and before the names of all parameters
     */
    ParameterStoreBackend(Fixture fixture, String prefix) {
        this.fixture = fixture;
        this.prefix = prefix;
        this.keeper = fixture.parameterStore();
    }

    @Override
    public SecretClient open() {
        return fixture.open(Specs.parameterStore().prefix(prefix));
    }

    @Override
    public void put(String key, String json) {
        keeper.putParameter(r ->
                r.name(prefix + key).value(json).type(ParameterType.SECURE_STRING).overwrite(true));
    }

    @Override
    public void delete(String key) {
        keeper.deleteParameter(r -> r.name(prefix + key));
    }

    @Override
    public String foundName(String key) {
        return prefix + key;
    }

    @Override
    public MissingProperty missingProperty() {
        return MissingProperty.INVALID;
    }

    @Override
    public List<String> awkwardKeys() {
        // A name with a slash in it begins with one.
        String deep = prefix.isEmpty() ? "/contract/deep/er" : "contract/deep/er";
        return List.of("contract-with-dash", "contract_under.dot", deep);
    }
}
