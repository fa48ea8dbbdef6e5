package dev.signet.provider.aws;

import dev.signet.api.store.AwsProvider;
import dev.signet.provider.Reference;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretProvider;
import dev.signet.provider.StoreCapabilities;
import dev.signet.provider.StoreContext;
import java.util.List;

/**
 * AWS Secrets Manager and Systems Manager Parameter Store.
 *
 * <p>A remote key is a name, with the store's prefix put before it, or an ARN. A property is a key
 * of the JSON object that the secret holds or, where there is none of that name, a gjson path. A
 * session logs in once for all its readers, and reads together what they ask for at the same time.
 */
public final class AwsSecretProvider implements SecretProvider<AwsProvider> {

    /** For the ServiceLoader. */
    public AwsSecretProvider() {}

    @Override
    public String name() {
        return "aws";
    }

    @Override
    public Class<AwsProvider> specType() {
        return AwsProvider.class;
    }

    @Override
    public StoreCapabilities capabilities() {
        return StoreCapabilities.READ_ONLY;
    }

    @Override
    public List<Reference> references(AwsProvider spec) {
        return new SpecCheck(spec).references();
    }

    @Override
    public List<String> problems(AwsProvider spec) {
        return new SpecCheck(spec).problems();
    }

    @Override
    public SecretClient open(AwsProvider spec, StoreContext context) {
        return AwsSecretClient.open(spec, context, Surroundings.here());
    }
}
