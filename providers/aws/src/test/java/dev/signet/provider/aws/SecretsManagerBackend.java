package dev.signet.provider.aws;

import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretClient;
import dev.signet.provider.contract.ContractBackend;
import dev.signet.provider.contract.Rotation;
import dev.signet.provider.contract.Trouble;
import dev.signet.testbed.AwsEmulator;
import java.util.Locale;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/** Secrets Manager as the contract's backend. */
final class SecretsManagerBackend implements ContractBackend, AutoCloseable {

    private final AwsEmulator emulator;
    private final Troubles troubles;
    private final Fixture fixture;
    private final SecretsManagerClient keeper;

    SecretsManagerBackend(AwsEmulator emulator) {
        this.emulator = emulator;
        this.troubles = new Troubles(emulator.address());
        this.fixture = Fixture.at(emulator.address());
        this.keeper = fixture.secretsManager();
    }

    @Override
    public String name() {
        return "AWS Secrets Manager, "
                + emulator.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    @Override
    public SecretClient open() {
        return fixture.open(Specs.secretsManager());
    }

    @Override
    public SecretClient openIn(Trouble trouble) {
        return troubles.open(Specs.secretsManager(), trouble);
    }

    @Override
    public Rotation openRotating() {
        return troubles.openRotating(Specs.secretsManager());
    }

    @Override
    public String version(String key) {
        return "uuid/" + keeper.getSecretValue(r -> r.secretId(key)).versionId();
    }

    @Override
    public String putTagged(String key, String json, String tag, String value) {
        put(key, json);
        keeper.tagResource(r -> r.secretId(key).tags(Tag.builder().key(tag).value(value).build()));
        return tag;
    }

    @Override
    public RemoteRef putBinary(String key, byte[] value) {
        keeper.createSecret(r -> r.name(key).secretBinary(SdkBytes.fromByteArray(value)));
        return RemoteRef.of(key);
    }

    @Override
    public void put(String key, String json) {
        try {
            keeper.createSecret(r -> r.name(key).secretString(json));
        } catch (ResourceExistsException e) {
            keeper.putSecretValue(r -> r.secretId(key).secretString(json));
        }
    }

    @Override
    public void delete(String key) {
        // As people do it: the secret can still be called back for a week.
        keeper.deleteSecret(r -> r.secretId(key).recoveryWindowInDays(7L));
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
}
