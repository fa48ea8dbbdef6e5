package dev.signet.provider.aws;

import dev.signet.provider.ReadOutcome;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.Tag;

/** The calls that exchange one identity for another. */
final class Sts {

    /** That of External Secrets, for trust policies that ask for it. */
    private static final String WEB_IDENTITY_SESSION = "external-secrets-provider-aws";

    private static final String SESSION = "signet";

    private final Wire wire;
    private final ErrorRules rules;
    private final StsClient client;

    Sts(Wire wire, ErrorRules rules) {
        this.wire = wire;
        this.rules = rules;
        this.client = wire.client(Service.STS, StsClient.builder());
    }

    /** The credentials of a role, for an identity that may assume it. */
    ReadOutcome<Credentials> assume(
            AwsCredentials caller, String role, String externalId, SessionTags tags)
            throws InterruptedException {
        List<Tag> sent =
                tags.tags().entrySet().stream()
                        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                        .toList();
        return credentials(
                rules.outcome(
                        wire.send(
                                Operation.ASSUME_ROLE,
                                () ->
                                        client.assumeRole(
                                                        request -> {
                                                            request.roleArn(role)
                                                                    .roleSessionName(SESSION)
                                                                    .externalId(
                                                                            externalId.isEmpty()
                                                                                    ? null
                                                                                    : externalId)
                                                                    .overrideConfiguration(c ->
                                                                            c.credentialsProvider(
                                                                                    StaticCredentialsProvider
                                                                                            .create(
                                                                                                    caller)));
                                                            if (!sent.isEmpty()) {
                                                                request.tags(sent)
                                                                        .transitiveTagKeys(
                                                                                tags.transitive());
                                                            }
                                                        })
                                                .credentials()),
                        Operation.ASSUME_ROLE,
                        "role " + role));
    }

    /** The credentials of a role that trusts a token's issuer. */
    ReadOutcome<Credentials> assumeWithToken(String role, String token)
            throws InterruptedException {
        return credentials(
                rules.outcome(
                        wire.send(
                                Operation.ASSUME_ROLE_WITH_WEB_IDENTITY,
                                () ->
                                        client.assumeRoleWithWebIdentity(request ->
                                                        request.roleArn(role)
                                                                .roleSessionName(
                                                                        WEB_IDENTITY_SESSION)
                                                                .webIdentityToken(token))
                                                .credentials()),
                        Operation.ASSUME_ROLE_WITH_WEB_IDENTITY,
                        "role " + role));
    }

    /** Whether the credentials are known; nobody needs a permission to ask that. */
    ReadOutcome<String> whoIs(AwsCredentials caller) throws InterruptedException {
        return rules.outcome(
                wire.send(
                        Operation.GET_CALLER_IDENTITY,
                        () ->
                                client.getCallerIdentity(request ->
                                                request.overrideConfiguration(c ->
                                                        c.credentialsProvider(
                                                                StaticCredentialsProvider.create(
                                                                        caller))))
                                        .account()),
                Operation.GET_CALLER_IDENTITY,
                "the caller's identity");
    }

    private static ReadOutcome<Credentials> credentials(ReadOutcome<Credentials> answer) {
        return switch (answer) {
            // A role that is not there is a matter of the store: no secret is missing.
            case ReadOutcome.Missing<Credentials>(String what) ->
                    new ReadOutcome.Invalid<>("there is no " + what);
            case ReadOutcome.Found<Credentials>(Credentials found)
                    when found == null
                            || found.accessKeyId() == null
                            || found.secretAccessKey() == null
                            || found.sessionToken() == null
                            || found.expiration() == null ->
                    new ReadOutcome.Unavailable<>("AWS STS answered without credentials");
            case ReadOutcome<Credentials> other -> other;
        };
    }
}
