package dev.signet.provider.vault;

import dev.signet.api.store.VaultCertAuth;
import java.util.Map;
import org.springframework.vault.support.VaultToken;

/** The certificate that the connection shows, which {@link Tls} reads. */
record CertLogin(VaultCertAuth spec) implements LoginMethod.Exchange {

    @Override
    public String shown() {
        return "the client certificate at auth/" + LoginMethod.mount(spec.path());
    }

    @Override
    public VaultToken login(LoginTools tools) throws LoginException {
        String role = spec.vaultRole().strip();
        return PostedLogin.at(
                tools,
                LoginMethod.mount(spec.path()),
                role.isEmpty() ? Map.of() : Map.of("name", role));
    }
}
