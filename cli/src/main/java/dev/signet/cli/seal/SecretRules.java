package dev.signet.cli.seal;

import dev.signet.cli.manifest.GoText;
import dev.signet.cli.manifest.SecretManifest;
import dev.signet.sealed.Scope;

/** What kubeseal asks of a Secret, and fills in, before it is sealed. */
final class SecretRules {

    private final FlagValues flags;
    private final ClusterSettings settings;

    SecretRules(FlagValues flags, ClusterSettings settings) {
        this.flags = flags;
        this.settings = settings;
    }

    /**
     * The Secret with name, namespace and scope as they will be sealed.
     *
     * @param name goes before the Secret's own; empty for none
     * @param namespace goes before the Secret's own; empty for none
     */
    SecretManifest apply(SecretManifest secret, String name, String namespace)
            throws SealException {
        if (secret.values().isEmpty() && !flags.on(SealFlags.ALLOW_EMPTY_DATA)) {
            throw new SealException(
                    "secret.data is empty in input Secret, assuming this is an error and aborting. To work with empty data, --allow-empty-data can be used");
        }
        SecretManifest ready = name.isEmpty() ? secret : secret.named(name);
        if (ready.name().isEmpty()) {
            throw new SealException("missing metadata.name in input Secret");
        }
        if (!namespace.isEmpty()) {
            ready = ready.in(namespace);
        }
        Scope asked = Scope.ofWord(flags.text(SealFlags.SCOPE)).orElse(Scope.STRICT);
        // Strict is what is meant where nothing is said, so an annotation goes before it.
        if (asked != Scope.STRICT) {
            ready = ready.scoped(asked);
        }
        return Scope.of(ready.annotations()) == Scope.CLUSTER_WIDE ? ready : placed(ready);
    }

    private SecretManifest placed(SecretManifest secret) throws SealException {
        String told = settings.explicitNamespace();
        String own = secret.namespace();
        if (!own.isEmpty()) {
            if (!told.isEmpty() && !told.equals(own)) {
                throw new SealException(
                        "namespace mismatch: input secret is in namespace %s but %s was specified"
                                .formatted(GoText.quoted(own), GoText.quoted(told)));
            }
            return secret;
        }
        try {
            return secret.in(settings.namespace());
        } catch (SealException e) {
            throw new SealException("secret must declare a namespace");
        }
    }
}
