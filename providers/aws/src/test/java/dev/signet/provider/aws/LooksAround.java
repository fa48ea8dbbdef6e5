package dev.signet.provider.aws;

import dev.signet.provider.SecretProvider;
import java.util.ServiceLoader;

/** Does with the provider what an operator does that has no store of its kind, and some more. */
final class LooksAround {

    private LooksAround() {}

    public static void main(String[] args) {
        for (SecretProvider<?> provider : ServiceLoader.load(SecretProvider.class)) {
            provider.specType();
            provider.capabilities();
            if (provider instanceof AwsSecretProvider aws) {
                aws.references(Specs.secretsManager().spec());
                aws.problems(Specs.secretsManager().spec());
                return;
            }
        }
        throw new IllegalStateException("the provider is not found");
    }
}
