package dev.signet.provider.azure;

import dev.signet.provider.ReadOutcome;
import java.util.regex.Pattern;

/**
 * What a vault's refusal means. Its texts are dropped: an outcome names what was asked for, the
 * status, and error codes that are plain words. Pure.
 */
final class StatusRules {

    private static final Pattern CODE = Pattern.compile("[A-Za-z]{1,64}");

    private final String vault;

    /** Rules for the vault of this address. */
    StatusRules(String vault) {
        this.vault = vault;
    }

    /** The outcome of asking for {@code what}. */
    <T> ReadOutcome<T> outcome(Refusal refusal, String what) {
        return switch (refusal.status()) {
            case 400 ->
                    invalid(what, "it finds the request invalid (400%s)".formatted(code(refusal)));
            case 401 ->
                    new ReadOutcome.Denied<>(
                            "Key Vault %s does not accept the token for %s (401): is tenantId the tenant that the vault belongs to?"
                                    .formatted(vault, what));
            case 403 -> forbidden(refusal, what);
            case 404 -> notFound(refusal, what);
            case 429 ->
                    new ReadOutcome.Unavailable<>(
                            "Key Vault %s is busy (429): too many calls to this vault; %s is asked for again later"
                                    .formatted(vault, what),
                            refusal.retryAfter());
            default ->
                    refusal.status() >= 500
                            ? unavailable(refusal, what, "server error " + refusal.status())
                            : unavailable(
                                    refusal,
                                    what,
                                    "it answers %d, which is not what a vault does; is vaultUrl right?"
                                            .formatted(refusal.status()));
        };
    }

    /** Whether the vault has accepted who asks, though not what for. */
    static boolean knowsIdentity(Refusal refusal) {
        return refusal.status() == 403
                && switch (refusal.innerCode()) {
                    case "ForbiddenByFirewall", "ForbiddenByConnection" -> false;
                    default -> !refusal.code().isEmpty();
                };
    }

    private <T> ReadOutcome<T> forbidden(Refusal refusal, String what) {
        String inner = CODE.matcher(refusal.innerCode()).matches() ? refusal.innerCode() : "";
        if (inner.endsWith("Disabled")) {
            return invalid(what, "it is disabled (403 %s); enable it".formatted(inner));
        }
        if (inner.endsWith("Expired")) {
            return invalid(
                    what,
                    "it has expired (403 %s); give it a new version or date".formatted(inner));
        }
        if (inner.endsWith("NotYetValid")) {
            return invalid(
                    what, "it is not valid yet (403 %s); see its activation date".formatted(inner));
        }
        String remedy =
                switch (inner) {
                    case "ForbiddenByFirewall" ->
                            "the vault's firewall does not let this cluster's address in";
                    case "ForbiddenByConnection" ->
                            "the vault can be reached through its private endpoint only";
                    case "ForbiddenByRbac" ->
                            "no role assignment allows it; Key Vault Secrets User allows secrets to be read";
                    case "ForbiddenByPolicy", "AccessDenied" ->
                            "the vault's access policy does not allow it";
                    default -> "no role or access policy allows it";
                };
        return new ReadOutcome.Denied<>(
                "Key Vault %s refuses %s (403%s): %s"
                        .formatted(vault, what, code(refusal), remedy));
    }

    /** Only the vault's own word for it means that something is missing: a proxy knows nothing. */
    private <T> ReadOutcome<T> notFound(Refusal refusal, String what) {
        return switch (refusal.code()) {
            case "SecretNotFound", "KeyNotFound", "CertificateNotFound" ->
                    new ReadOutcome.Missing<>("%s in Key Vault %s".formatted(what, vault));
            default ->
                    unavailable(
                            refusal,
                            what,
                            "status 404 without the word of a vault; is vaultUrl right?");
        };
    }

    private <T> ReadOutcome<T> invalid(String what, String reason) {
        return new ReadOutcome.Invalid<>(
                "Key Vault %s cannot serve %s: %s".formatted(vault, what, reason));
    }

    private <T> ReadOutcome<T> unavailable(Refusal refusal, String what, String reason) {
        return new ReadOutcome.Unavailable<>(
                "Key Vault %s cannot serve %s now: %s".formatted(vault, what, reason),
                refusal.retryAfter());
    }

    private static String code(Refusal refusal) {
        String code = refusal.innerCode().isEmpty() ? refusal.code() : refusal.innerCode();
        return CODE.matcher(code).matches() ? " " + code : "";
    }
}
