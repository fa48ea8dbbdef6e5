package dev.signet.provider.aws;

import dev.signet.provider.SecretClient;
import dev.signet.provider.contract.ContractBackend;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;

/** Secrets Manager as the contract's backend. */
final class SecretsManagerBackend implements ContractBackend {

    private final Fixture fixture;
    private final SecretsManagerClient keeper;

    SecretsManagerBackend(Fixture fixture) {
        this.fixture = fixture;
        this.keeper = fixture.secretsManager();
    }

    @Override
    public SecretClient open() {
        return fixture.open(Specs.secretsManager());
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
}
