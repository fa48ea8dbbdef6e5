package dev.signet.provider.aws;

import dev.signet.provider.ReadOutcome;
import dev.signet.provider.aws.Reply.ServiceError;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What an error of a service means for the one who asked. Pure; nothing of its text is shown. */
final class ErrorRules {

    /** What errors come to. */
    enum Kind {
        /** There is no such secret, version, stage or parameter. */
        MISSING,
        /** The identity is known and may not. */
        DENIED,
        /** The identity is not known. */
        UNKNOWN_IDENTITY,
        /** The credentials were good once. */
        EXPIRED,
        /** Too many calls. */
        BUSY,
        /** The service failed, or something else answered. */
        AWAY,
        /** The value cannot be decrypted. */
        KEY,
        /** It cannot be asked like this. */
        INVALID
    }

    /** A service that is busy has answered; AWS seldom says when to come back. */
    static final Duration BUSY_PAUSE = Duration.ofSeconds(2);

    private static final Set<String> MISSING =
            Set.of(
                    "ResourceNotFoundException",
                    "ParameterNotFound",
                    "ParameterVersionNotFound",
                    "ParameterVersionLabelNotFound",
                    "InvalidResourceId");
    private static final Set<String> DENIED =
            Set.of(
                    "AccessDeniedException",
                    "AccessDenied",
                    "UnauthorizedOperation",
                    "UnauthorizedAccess",
                    "KMSAccessDeniedException",
                    "OptInRequired");
    private static final Set<String> UNKNOWN_IDENTITY =
            Set.of(
                    "UnrecognizedClientException",
                    "InvalidClientTokenId",
                    "InvalidAccessKeyId",
                    "InvalidSignatureException",
                    "SignatureDoesNotMatch",
                    "IncompleteSignature",
                    "IncompleteSignatureException",
                    "MissingAuthenticationToken",
                    "MissingAuthenticationTokenException",
                    "AuthFailure",
                    "InvalidIdentityToken",
                    "InvalidIdentityTokenException",
                    "IDPRejectedClaim",
                    "IDPRejectedClaimException");
    private static final Set<String> EXPIRED =
            Set.of("ExpiredTokenException", "ExpiredToken", "TokenRefreshRequired");
    private static final Set<String> BUSY =
            Set.of(
                    "Throttling",
                    "ThrottlingException",
                    "ThrottledException",
                    "RequestThrottled",
                    "RequestThrottledException",
                    "RequestLimitExceeded",
                    "TooManyRequestsException",
                    "TransactionInProgressException",
                    "SlowDown",
                    "EC2ThrottledException",
                    "LimitExceededException",
                    "BandwidthLimitExceeded");
    private static final Set<String> AWAY =
            Set.of(
                    "InternalServiceError",
                    "InternalServerError",
                    "InternalFailure",
                    "ServiceUnavailable",
                    "ServiceUnavailableException",
                    "IDPCommunicationError",
                    "IDPCommunicationErrorException",
                    "RequestTimeout",
                    "RequestTimeoutException");
    private static final Set<String> KEY =
            Set.of(
                    "DecryptionFailure",
                    "DecryptionFailureException",
                    "EncryptionFailure",
                    "InvalidKeyId",
                    "KMSInvalidStateException",
                    "KMSDisabledException",
                    "KMSNotFoundException",
                    "KMSKeyNotAccessibleFault");

    private final String region;

    ErrorRules(String region) {
        this.region = region;
    }

    /** What kind of error it is. */
    static Kind kind(ServiceError error) {
        String code = error.code();
        if (BUSY.contains(code) || error.status() == 429) {
            return Kind.BUSY;
        }
        if (code.isEmpty() || AWAY.contains(code) || error.status() >= 500) {
            return Kind.AWAY;
        }
        if (MISSING.contains(code) || isDeleted(error)) {
            return Kind.MISSING;
        }
        if (DENIED.contains(code)) {
            return Kind.DENIED;
        }
        if (UNKNOWN_IDENTITY.contains(code)) {
            return Kind.UNKNOWN_IDENTITY;
        }
        if (EXPIRED.contains(code)) {
            return Kind.EXPIRED;
        }
        return KEY.contains(code) ? Kind.KEY : Kind.INVALID;
    }

    /** A secret that waits for its end is gone for its readers; the service calls that invalid. */
    private static boolean isDeleted(ServiceError error) {
        boolean invalid =
                error.code().equals("InvalidRequestException")
                        || error.code().equals("InvalidParameterException");
        return invalid
                && (error.message().contains("marked for deletion")
                        || error.message().contains("scheduled for deletion")
                        || error.message().contains("marked deleted"));
    }

    /**
     * The reply as an outcome.
     *
     * @param what what was asked for, such as {@code secret 'db'}
     */
    <T> ReadOutcome<T> outcome(Reply<T> reply, Operation operation, String what) {
        return switch (reply) {
            case Reply.Ok<T>(T value) -> new ReadOutcome.Found<>(value);
            case Reply.Refused<T>(ServiceError error) -> outcome(error, operation, what);
            case Reply.NoAnswer<T>(String reason) ->
                    new ReadOutcome.Unavailable<>(at(operation) + " cannot be reached: " + reason);
        };
    }

    /** The error as an outcome. */
    <T> ReadOutcome<T> outcome(ServiceError error, Operation operation, String what) {
        String at = at(operation);
        String code = error.code();
        return switch (kind(error)) {
            case MISSING -> new ReadOutcome.Missing<>(what);
            case DENIED ->
                    new ReadOutcome.Denied<>(
                            isOfKey(error)
                                    ? "%s may not decrypt %s (%s): allow kms:Decrypt on its key"
                                            .formatted(at, what, code)
                                    : "%s denies access to %s (%s): allow %s"
                                            .formatted(at, what, code, operation.permission()));
            case UNKNOWN_IDENTITY ->
                    new ReadOutcome.Denied<>(
                            "%s does not accept the credentials of this store (%s)"
                                    .formatted(at, code));
            case EXPIRED ->
                    new ReadOutcome.Invalid<>(
                            "the credentials of this store have expired, says %s (%s)"
                                    .formatted(at, code));
            case BUSY ->
                    new ReadOutcome.Unavailable<>(
                            "%s is busy (%s)".formatted(at, code.isEmpty() ? "429" : code),
                            Optional.of(error.retryAfter().orElse(BUSY_PAUSE)));
            case AWAY ->
                    new ReadOutcome.Unavailable<>(
                            code.isEmpty()
                                    ? "%s gave an answer that is not of AWS (HTTP status %d)"
                                            .formatted(at, error.status())
                                    : "%s failed (%s)".formatted(at, code),
                            error.retryAfter());
            case KEY ->
                    new ReadOutcome.Invalid<>(
                            "%s cannot decrypt %s (%s): look at the state and the policy of its KMS key"
                                    .formatted(at, what, code));
            case INVALID ->
                    new ReadOutcome.Invalid<>(
                            "%s cannot be asked for %s (%s)".formatted(at, what, code));
        };
    }

    /** Access denied may be meant for the key that the value is encrypted with. */
    private static boolean isOfKey(ServiceError error) {
        return error.code().startsWith("KMS")
                || error.message().contains("kms:")
                || error.message().contains("KMS");
    }

    private String at(Operation operation) {
        return operation.service().shown() + " in " + region;
    }
}
