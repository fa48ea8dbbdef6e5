package dev.signet.provider.azure;

import dev.signet.api.store.AzureCloudConfig;
import dev.signet.api.store.AzureKvProvider;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a cloud lets its users log in, and what its vaults are called.
 *
 * @param authority address of the login service, without a slash at its end
 * @param audience what a token for a vault is made out for
 * @param suffix the domain that each vault's host is in, with a dot in front; empty for any
 */
record Cloud(String authority, String audience, String suffix) {

    static final String STACK = "AzureStackCloud";
    static final String GERMAN = "GermanCloud";

    private static final Cloud PUBLIC =
            new Cloud(
                    "https://login.microsoftonline.com",
                    "https://vault.azure.net",
                    ".vault.azure.net");
    private static final Cloud US_GOVERNMENT =
            new Cloud(
                    "https://login.microsoftonline.us",
                    "https://vault.usgovcloudapi.net",
                    ".vault.usgovcloudapi.net");
    private static final Cloud CHINA =
            new Cloud(
                    "https://login.chinacloudapi.cn", "https://vault.azure.cn", ".vault.azure.cn");
    private static final Cloud NONE = new Cloud("", "", "");

    /** The cloud that a spec means, which must have no problems. */
    static Cloud of(AzureKvProvider spec) {
        Cloud base = named(spec.environmentType());
        AzureCloudConfig custom = spec.customCloudConfig();
        Cloud chosen = custom == null ? base : base.with(custom);
        return chosen.audience().isEmpty()
                ? new Cloud(chosen.authority(), parent(spec.vaultUrl()), chosen.suffix())
                : chosen;
    }

    /**
     * A cloud by the name that specs have for it; one that has no addresses of its own is empty.
     */
    static Cloud named(String environment) {
        return switch (environment) {
            case "USGovernmentCloud" -> US_GOVERNMENT;
            case "ChinaCloud" -> CHINA;
            case STACK, GERMAN -> NONE;
            default -> PUBLIC;
        };
    }

    /** An https address of a host, without query, fragment or user; empty if the text is none. */
    static Optional<URI> address(String text) {
        try {
            URI uri = new URI(text.strip());
            boolean plain =
                    "https".equalsIgnoreCase(uri.getScheme())
                            && uri.getHost() != null
                            && uri.getRawUserInfo() == null
                            && uri.getRawQuery() == null
                            && uri.getRawFragment() == null;
            return plain ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private Cloud with(AzureCloudConfig custom) {
        String domain = custom.keyVaultDNSSuffix().toLowerCase(Locale.ROOT);
        String chosenSuffix =
                domain.isEmpty() ? suffix : domain.startsWith(".") ? domain : "." + domain;
        String endpoint = withoutSlash(custom.keyVaultEndpoint());
        String chosenAudience =
                !endpoint.isEmpty()
                        ? endpoint
                        : domain.isEmpty() ? audience : "https://" + chosenSuffix.substring(1);
        return new Cloud(
                withoutSlash(custom.activeDirectoryEndpoint()), chosenAudience, chosenSuffix);
    }

    /** A vault's host is a name in the domain for which the cloud makes tokens out. */
    private static String parent(String vaultUrl) {
        String host = address(vaultUrl).map(URI::getHost).orElse("");
        return "https://" + host.substring(host.indexOf('.') + 1);
    }

    private static String withoutSlash(String text) {
        return text.strip().replaceAll("/+$", "");
    }
}
