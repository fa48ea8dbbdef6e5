package dev.signet.provider.vault;

import dev.signet.api.store.GcpWorkloadIdentity;
import dev.signet.api.store.SecretKeySelector;
import dev.signet.api.store.VaultGcpAuth;
import dev.signet.provider.ReferenceException;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.vault.support.VaultToken;

/**
 * A token that names an account of Google Cloud, for Vault to check with Google: signed with the
 * account's key, by Google for a ServiceAccount of GKE, or given out by the metadata server.
 */
record GcpLogin(VaultGcpAuth spec) implements LoginMethod.Exchange {

    private static final String GCP = "spec.provider.vault.auth.gcp";

    /** Vault takes none that lives longer than a quarter of an hour. */
    private static final long LIFETIME_SECONDS = 600;

    @Override
    public String shown() {
        return "Google Cloud at auth/" + LoginMethod.mount(spec.path());
    }

    @Override
    public VaultToken login(LoginTools tools)
            throws ReferenceException, LoginException, InterruptedException {
        return PostedLogin.at(
                tools, LoginMethod.mount(spec.path()), Map.of("role", role(), "jwt", token(tools)));
    }

    private String token(LoginTools tools)
            throws ReferenceException, LoginException, InterruptedException {
        if (spec.secretRef() != null) {
            SecretKeySelector selector = spec.secretRef().secretAccessKeySecretRef();
            if (selector == null) {
                throw LoginException.invalid(
                        GCP + ".secretRef.secretAccessKeySecretRef is missing");
            }
            GcpKey key =
                    GcpKey.of(
                            tools.references().read(Refs.of(selector)).bytes(),
                            "Secret %s (key %s)".formatted(selector.name(), selector.key()));
            return key.sign(claims(key.email(), tools));
        }
        GcpWorkloadIdentity identity = spec.workloadIdentity();
        if (identity != null) {
            GcpWorkload workload = new GcpWorkload(spec, identity, tools);
            String email = workload.email();
            return workload.sign(email, claims(email, tools));
        }
        OperatorIdentity.require(
                tools.references(),
                "Google Cloud",
                "set " + GCP + ".secretRef or " + GCP + ".workloadIdentity");
        return new GcpMetadata(tools).identity("http://vault/" + role());
    }

    private byte[] claims(String email, LoginTools tools) {
        long now = tools.clock().instant().getEpochSecond();
        Map<String, Object> claims = new TreeMap<>();
        claims.put("sub", email);
        claims.put("aud", "vault/" + role());
        claims.put("iat", now);
        claims.put("exp", now + LIFETIME_SECONDS);
        return Json.bytes(claims);
    }

    private String role() {
        return spec.role().strip();
    }
}
