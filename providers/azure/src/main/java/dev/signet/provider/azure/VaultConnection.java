package dev.signet.provider.azure;

import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.HttpLogDetailLevel;
import com.azure.core.http.policy.HttpLogOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.security.keyvault.certificates.CertificateClient;
import com.azure.security.keyvault.certificates.CertificateClientBuilder;
import com.azure.security.keyvault.keys.KeyClient;
import com.azure.security.keyvault.keys.KeyClientBuilder;
import com.azure.security.keyvault.secrets.SecretClient;
import com.azure.security.keyvault.secrets.SecretClientBuilder;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The SDK's clients of one vault, each made when it is first used. All use one HTTP client. */
final class VaultConnection {

    /** Repeats are the session's own: it knows how long the vault wants to be left alone. */
    private static final RetryOptions NO_RETRIES =
            new RetryOptions(new FixedDelayOptions(0, Duration.ofSeconds(1)));

    private static final HttpLogOptions NO_LOG =
            new HttpLogOptions().setLogLevel(HttpLogDetailLevel.NONE);

    private final String vaultUrl;
    private final VaultPolicy policy;
    private final Http http;
    private final SessionCredential credential;
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock:
    private @Nullable SecretClient secrets;
    private @Nullable KeyClient keys;
    private @Nullable CertificateClient certificates;

    VaultConnection(URI vault, TokenSession tokens, Clock clock, Http http) {
        this.vaultUrl = vault.toString();
        this.policy = new VaultPolicy(vault, clock);
        this.http = http;
        this.credential = new SessionCredential(tokens);
    }

    SecretClient secrets() {
        lock.lock();
        try {
            SecretClient client = secrets;
            if (client == null) {
                client =
                        new SecretClientBuilder()
                                .vaultUrl(vaultUrl)
                                .credential(credential)
                                .httpClient(http.client())
                                .retryOptions(NO_RETRIES)
                                .httpLogOptions(NO_LOG)
                                .configuration(Http.NO_ENVIRONMENT)
                                .addPolicy(policy)
                                .buildClient();
                secrets = client;
            }
            return client;
        } finally {
            lock.unlock();
        }
    }

    KeyClient keys() {
        lock.lock();
        try {
            KeyClient client = keys;
            if (client == null) {
                client =
                        new KeyClientBuilder()
                                .vaultUrl(vaultUrl)
                                .credential(credential)
                                .httpClient(http.client())
                                .retryOptions(NO_RETRIES)
                                .httpLogOptions(NO_LOG)
                                .configuration(Http.NO_ENVIRONMENT)
                                .addPolicy(policy)
                                .buildClient();
                keys = client;
            }
            return client;
        } finally {
            lock.unlock();
        }
    }

    CertificateClient certificates() {
        lock.lock();
        try {
            CertificateClient client = certificates;
            if (client == null) {
                client =
                        new CertificateClientBuilder()
                                .vaultUrl(vaultUrl)
                                .credential(credential)
                                .httpClient(http.client())
                                .retryOptions(NO_RETRIES)
                                .httpLogOptions(NO_LOG)
                                .configuration(Http.NO_ENVIRONMENT)
                                .addPolicy(policy)
                                .buildClient();
                certificates = client;
            }
            return client;
        } finally {
            lock.unlock();
        }
    }

    /** Makes the clients anew: each keeps a token until it expires, also one that is refused. */
    void forgetTokens() {
        lock.lock();
        try {
            secrets = null;
            keys = null;
            certificates = null;
        } finally {
            lock.unlock();
        }
    }
}
