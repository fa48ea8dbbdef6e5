package dev.signet.provider.vault;

import dev.signet.http.HttpAnswer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The two calls of AWS STS that exchange one identity for another. */
final class AwsSts {

    static final String VERSION = "2011-06-15";
    static final CloudCalls.Service STS = new CloudCalls.Service("AWS/STS", "AWS STS");

    /** Those of External Secrets and of this provider, for trust policies that ask for them. */
    private static final String WEB_IDENTITY_SESSION = "external-secrets-provider-vault";

    private static final String SESSION = "signet";

    private static final Pattern CODE = Pattern.compile("<Code>\\s*([A-Za-z.]{1,80})\\s*</Code>");

    /** What passes by itself though the status says otherwise. */
    private static final Set<String> PASSING =
            Set.of(
                    "Throttling",
                    "ThrottlingException",
                    "RequestLimitExceeded",
                    "IDPCommunicationError",
                    "ServiceUnavailable",
                    "InternalFailure");

    private static final Set<String> KNOWN =
            Set.of(
                    "AccessDenied",
                    "ExpiredToken",
                    "ExpiredTokenException",
                    "InvalidClientTokenId",
                    "InvalidIdentityToken",
                    "IDPRejectedClaim",
                    "MalformedPolicyDocument",
                    "RegionDisabledException",
                    "SignatureDoesNotMatch",
                    "ValidationError");

    private final CloudCalls calls;
    private final Clock clock;
    private final String region;
    private final URI endpoint;

    AwsSts(LoginTools tools, String region) {
        this.calls = tools.clouds();
        this.clock = tools.clock();
        this.region = region;
        this.endpoint =
                tools.surroundings()
                        .url("AWS_STS_ENDPOINT")
                        .orElse(URI.create("https://" + host(region)));
    }

    /** The public host of a region. */
    static String host(String region) {
        return "sts." + region + ".amazonaws.com" + (region.startsWith("cn-") ? ".cn" : "");
    }

    /** The keys of a role, for an identity that may assume it. */
    AwsKeys assume(AwsKeys caller, String role, String externalId)
            throws LoginException, InterruptedException {
        Map<String, String> fields = new HashMap<>();
        fields.put("RoleArn", role);
        fields.put("RoleSessionName", SESSION);
        if (!externalId.isEmpty()) {
            fields.put("ExternalId", externalId);
        }
        return keys("AssumeRole", fields, role, Optional.of(caller));
    }

    /** The keys of a role that trusts a token's issuer. */
    AwsKeys assumeWithToken(String role, String token) throws LoginException, InterruptedException {
        return keys(
                "AssumeRoleWithWebIdentity",
                Map.of(
                        "RoleArn",
                        role,
                        "RoleSessionName",
                        WEB_IDENTITY_SESSION,
                        "WebIdentityToken",
                        token),
                role,
                Optional.empty());
    }

    private AwsKeys keys(
            String action, Map<String, String> fields, String role, Optional<AwsKeys> caller)
            throws LoginException, InterruptedException {
        Map<String, String> form = new HashMap<>(fields);
        form.put("Action", action);
        form.put("Version", VERSION);
        byte[] body = CloudCalls.form(form);
        Map<String, String> headers = Map.of("Content-Type", CloudCalls.FORM);
        Map<String, String> sent =
                caller.map(keys ->
                                new SigV4(region, "sts")
                                        .sign(
                                                keys,
                                                "POST",
                                                authority(),
                                                headers,
                                                body,
                                                clock.instant()))
                        .orElse(headers);
        HttpAnswer answer = calls.post(STS, action, endpoint, "/", sent, body);
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        if (!answer.ok()) {
            throw refused(answer.status(), element(CODE, text), action, role);
        }
        return new AwsKeys(
                value(text, "AccessKeyId"),
                value(text, "SecretAccessKey"),
                value(text, "SessionToken"));
    }

    private String authority() {
        return endpoint.getPort() < 0
                ? endpoint.getHost()
                : endpoint.getHost() + ":" + endpoint.getPort();
    }

    private static LoginException refused(int status, String code, String action, String role) {
        String said = KNOWN.contains(code) || PASSING.contains(code) ? code + ", " : "";
        if (status == 429 || status >= 500 || PASSING.contains(code)) {
            return LoginException.unavailable(
                    "AWS STS cannot serve %s for role %s now (%s%d)"
                            .formatted(action, role, said, status));
        }
        return LoginException.denied(
                "AWS STS refused %s for role %s (%s%d)".formatted(action, role, said, status));
    }

    /** Keys and tokens are written without anything that XML would escape. */
    private static String value(String xml, String name) throws LoginException {
        String value =
                element(
                        Pattern.compile(
                                "<%1$s>\\s*([A-Za-z0-9+/=_.-]+)\\s*</%1$s>".formatted(name)),
                        xml);
        if (value.isEmpty()) {
            throw LoginException.unavailable("AWS STS answered without credentials");
        }
        return value;
    }

    private static String element(Pattern pattern, String xml) {
        Matcher matcher = pattern.matcher(xml);
        return matcher.find() ? matcher.group(1) : "";
    }
}
