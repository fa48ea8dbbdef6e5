package dev.signet.provider.azure;

import com.azure.core.http.rest.PagedResponse;
import com.azure.core.util.Context;
import com.azure.security.keyvault.certificates.models.CertificateProperties;
import com.azure.security.keyvault.certificates.models.KeyVaultCertificate;
import com.azure.security.keyvault.keys.models.KeyProperties;
import com.azure.security.keyvault.keys.models.KeyVaultKey;
import com.azure.security.keyvault.secrets.models.KeyVaultSecret;
import com.azure.security.keyvault.secrets.models.SecretProperties;
import dev.signet.provider.SecretValue;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks the SDK, and takes from its answers what is needed of them. */
final class Contents {

    private Contents() {}

    /** One object, by whatever the SDK throws. */
    static Content read(VaultConnection connection, RemoteObject object) {
        return switch (object.kind()) {
            case SECRET -> secret(connection, object);
            case KEY -> key(connection, object);
            case CERTIFICATE -> certificate(connection, object);
        };
    }

    /** One page of the list of secrets; null for the first. */
    static SecretPage page(VaultConnection connection, @Nullable String link) {
        PagedResponse<SecretProperties> page =
                connection
                        .secrets()
                        .listPropertiesOfSecrets(Context.NONE)
                        .iterableByPage(link)
                        .iterator()
                        .next();
        List<SecretPage.Entry> entries =
                page.getValue().stream()
                        .map(found ->
                                new SecretPage.Entry(
                                        found.getName(),
                                        !Boolean.FALSE.equals(found.isEnabled()),
                                        tags(found.getTags())))
                        .toList();
        String next = page.getContinuationToken();
        return new SecretPage(entries, next == null || next.isEmpty() ? null : next);
    }

    private static Content secret(VaultConnection connection, RemoteObject object) {
        KeyVaultSecret secret = connection.secrets().getSecret(object.name(), object.version());
        SecretProperties properties = secret.getProperties();
        return new Content(
                object,
                SecretValue.ofUtf8(present(secret.getValue())),
                metadata(
                        properties.getTags(),
                        properties.getExpiresOn(),
                        properties.getCreatedOn(),
                        properties.getUpdatedOn(),
                        properties.getNotBefore()));
    }

    private static Content key(VaultConnection connection, RemoteObject object) {
        KeyVaultKey key = connection.keys().getKey(object.name(), object.version());
        KeyProperties properties = key.getProperties();
        return new Content(
                object,
                SecretValue.ofUtf8(WebKeys.json(present(key.getKey()))),
                metadata(
                        properties.getTags(),
                        properties.getExpiresOn(),
                        properties.getCreatedOn(),
                        properties.getUpdatedOn(),
                        properties.getNotBefore()));
    }

    private static Content certificate(VaultConnection connection, RemoteObject object) {
        KeyVaultCertificate certificate =
                connection.certificates().getCertificateVersion(object.name(), object.version());
        CertificateProperties properties = certificate.getProperties();
        return new Content(
                object,
                SecretValue.of(present(certificate.getCer())),
                metadata(
                        properties.getTags(),
                        properties.getExpiresOn(),
                        properties.getCreatedOn(),
                        properties.getUpdatedOn(),
                        properties.getNotBefore()));
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IncompleteAnswerException();
        }
        return value;
    }

    private static Map<String, String> metadata(
            @Nullable Map<String, @Nullable String> tags,
            @Nullable OffsetDateTime expires,
            @Nullable OffsetDateTime created,
            @Nullable OffsetDateTime updated,
            @Nullable OffsetDateTime notBefore) {
        Map<String, String> metadata = new HashMap<>(tags(tags));
        time(expires).ifPresent(time -> metadata.put("attribute.expires", time));
        time(created).ifPresent(time -> metadata.put("attribute.created", time));
        time(updated).ifPresent(time -> metadata.put("attribute.updated", time));
        time(notBefore).ifPresent(time -> metadata.put("attribute.notBefore", time));
        return metadata;
    }

    private static Optional<String> time(@Nullable OffsetDateTime time) {
        return Optional.ofNullable(time)
                .map(found ->
                        DateTimeFormatter.ISO_INSTANT.format(
                                found.withOffsetSameInstant(ZoneOffset.UTC)
                                        .truncatedTo(ChronoUnit.SECONDS)));
    }

    private static Map<String, String> tags(@Nullable Map<String, @Nullable String> tags) {
        Map<String, String> present = new HashMap<>();
        if (tags != null) {
            tags.forEach((tag, value) -> {
                if (value != null) {
                    present.put(tag, value);
                }
            });
        }
        return present;
    }

    /** An answer without what was asked for. */
    private static final class IncompleteAnswerException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
