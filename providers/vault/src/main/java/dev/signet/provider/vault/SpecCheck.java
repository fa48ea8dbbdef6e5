package dev.signet.provider.vault;

import dev.signet.api.store.CaProvider;
import dev.signet.api.store.VaultClientTls;
import dev.signet.api.store.VaultProvider;
import dev.signet.provider.Reference;
import java.util.ArrayList;
import java.util.List;

/**
 * Goes through a spec once, noting what it refers to and what is wrong with it. Of the ways to log
 * in only the one that is used counts.
 */
final class SpecCheck {

    private static final String VAULT = "spec.provider.vault.";

    private final List<Reference> references = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final LoginCheck login = new LoginCheck(references, problems);

    SpecCheck(VaultProvider spec) {
        ServerUrl.problem(spec.server()).ifPresent(problems::add);
        if (!spec.version().equals("v1") && !spec.version().equals("v2")) {
            problems.add(VAULT + "version must be v1 or v2");
        }
        spec.headers().keySet().stream()
                .filter(Headers::reserved)
                .forEach(name -> problems.add(VAULT + "headers must not set " + name));
        trust(spec);
        tls(spec);
        if (spec.auth() != null) {
            login.auth(spec.auth());
        }
    }

    List<Reference> references() {
        return List.copyOf(references);
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    private void trust(VaultProvider spec) {
        CaProvider provider = spec.caProvider();
        if (!spec.caBundle().isEmpty() || provider == null) {
            return;
        }
        if (!provider.type().equals("Secret") && !provider.type().equals("ConfigMap")) {
            problems.add(VAULT + "caProvider.type must be Secret or ConfigMap");
        } else if (provider.name().isEmpty() || provider.key().isEmpty()) {
            problems.add(VAULT + "caProvider needs name and key");
        } else {
            references.add(Refs.of(provider));
        }
    }

    private void tls(VaultProvider spec) {
        VaultClientTls tls = spec.tls();
        boolean other = LoginMethod.of(spec) instanceof CertLogin;
        if (other || tls == null || (tls.certSecretRef() == null && tls.keySecretRef() == null)) {
            return;
        }
        if (tls.certSecretRef() == null || tls.keySecretRef() == null) {
            problems.add(VAULT + "tls needs both certSecretRef and keySecretRef");
            return;
        }
        login.secret(tls.certSecretRef(), Refs.TLS_CERT, VAULT + "tls.certSecretRef");
        login.secret(tls.keySecretRef(), Refs.TLS_KEY, VAULT + "tls.keySecretRef");
    }
}
