package dev.signet.provider.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.signet.api.store.VaultIamAuth;
import dev.signet.provider.ReferenceException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.springframework.vault.support.VaultToken;

/**
 * A signed request to AWS STS that Vault sends on, to learn from AWS who signed it. The keys stay
 * here; the signature is good for a quarter of an hour.
 */
record AwsLogin(VaultIamAuth spec) implements LoginMethod.Exchange {

    static final String DEFAULT_REGION = "us-east-1";
    static final String SERVER_ID_HEADER = "X-Vault-AWS-IAM-Server-ID";

    private static final String REQUEST = "Action=GetCallerIdentity&Version=" + AwsSts.VERSION;

    @Override
    public String shown() {
        return "AWS IAM at auth/" + mount();
    }

    @Override
    public VaultToken login(LoginTools tools)
            throws ReferenceException, LoginException, InterruptedException {
        AwsKeys keys = new AwsIdentity(spec, region(), tools).keys();
        return PostedLogin.at(tools, mount(), signed(keys, tools));
    }

    private Map<String, String> signed(AwsKeys keys, LoginTools tools) {
        // Vault asks the global endpoint unless it is told otherwise, which goes with this region.
        String host = region().equals(DEFAULT_REGION) ? "sts.amazonaws.com" : AwsSts.host(region());
        byte[] body = REQUEST.getBytes(UTF_8);
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", CloudCalls.FORM);
        headers.put("Content-Length", Integer.toString(body.length));
        String server = spec.vaultAwsIamServerID().strip();
        if (!server.isEmpty()) {
            headers.put(SERVER_ID_HEADER, server);
        }
        Map<String, String> sent =
                new SigV4(region(), "sts")
                        .sign(keys, "POST", host, headers, body, tools.clock().instant());
        return Map.of(
                "role",
                spec.vaultRole().strip(),
                "iam_http_request_method",
                "POST",
                "iam_request_url",
                base64(("https://" + host + "/").getBytes(UTF_8)),
                "iam_request_body",
                base64(body),
                "iam_request_headers",
                base64(Json.bytes(sent)));
    }

    private String mount() {
        return LoginMethod.mount(spec.path().isBlank() ? "aws" : spec.path());
    }

    private String region() {
        return spec.region().isBlank() ? DEFAULT_REGION : spec.region().strip();
    }

    private static String base64(byte[] content) {
        return Base64.getEncoder().encodeToString(content);
    }
}
