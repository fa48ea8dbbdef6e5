package dev.signet.provider.aws;

import dev.signet.provider.SecretClient;
import dev.signet.provider.contract.ContractBackend;
import dev.signet.provider.contract.ContractCase;
import dev.signet.provider.contract.Rotation;
import dev.signet.provider.contract.Trouble;
import dev.signet.testbed.AwsEmulator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.ResourceTypeForTagging;
import software.amazon.awssdk.services.ssm.model.Tag;

/** Parameter Store as the contract's backend. */
final class ParameterStoreBackend implements ContractBackend, AutoCloseable {

    private final AwsEmulator emulator;
    private final Troubles troubles;
    private final Fixture fixture;
    private final SsmClient keeper;
    private final String prefix;

    /**
     * @param prefix of the store, and before the names of all parameters
     */
    ParameterStoreBackend(AwsEmulator emulator, String prefix) {
        this.emulator = emulator;
        this.troubles = new Troubles(emulator.address());
        this.fixture = Fixture.at(emulator.address());
        this.prefix = prefix;
        this.keeper = fixture.parameterStore();
    }

    @Override
    public String name() {
        return "AWS Parameter Store, "
                + emulator.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    @Override
    public Map<ContractCase, String> lacks() {
        return Map.of(
                ContractCase.BINARY, "a parameter is text",
                ContractCase.LARGE, "a parameter holds 8 KiB at most");
    }

    @Override
    public SecretClient open() {
        return fixture.open(spec());
    }

    private Specs spec() {
        return Specs.parameterStore().prefix(prefix);
    }

    @Override
    public SecretClient openIn(Trouble trouble) {
        return troubles.open(spec(), trouble);
    }

    @Override
    public Rotation openRotating() {
        return troubles.openRotating(spec());
    }

    @Override
    public String version(String key) {
        return Long.toString(keeper.getParameter(r -> r.name(prefix + key)).parameter().version());
    }

    @Override
    public String putTagged(String key, String json, String tag, String value) {
        put(key, json);
        keeper.addTagsToResource(r ->
                r.resourceType(ResourceTypeForTagging.PARAMETER)
                        .resourceId(prefix + key)
                        .tags(Tag.builder().key(tag).value(value).build()));
        return tag;
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
    public void close() {
        troubles.close();
        emulator.close();
    }

    @Override
    public List<String> awkwardKeys() {
        // A name with a slash in it begins with one.
        String deep = prefix.isEmpty() ? "/contract/deep/er" : "contract/deep/er";
        return List.of("contract-with-dash", "contract_under.dot", deep);
    }
}
