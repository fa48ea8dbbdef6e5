package dev.signet.provider.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The cases of AWS's published test suite for Signature Version 4 that are of our kind. */
class SigV4Test {

    private static final String KEY = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static final String SESSION_TOKEN =
            "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRX"
                    + "mxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZa"
                    + "mpKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38"
                    + "xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabI"
                    + "Qwj2ICCR/oLxBA==";

    private static Map<String, String> signed(
            String method, Map<String, String> headers, String body, String sessionToken) {
        return new SigV4("us-east-1", "service")
                .sign(
                        new AwsKeys("AKIDEXAMPLE", KEY, sessionToken),
                        method,
                        "example.amazonaws.com",
                        headers,
                        body.getBytes(StandardCharsets.UTF_8),
                        Instant.parse("2015-08-30T12:36:00Z"));
    }

    private static String authorization(String names, String signature) {
        return "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=%s, Signature=%s"
                .formatted(names, signature);
    }

    @Test
    void signsARequestWithoutAnything() {
        assertThat(signed("GET", Map.of(), "", ""))
                .containsOnly(
                        Map.entry("X-Amz-Date", "20150830T123600Z"),
                        Map.entry(
                                "Authorization",
                                authorization(
                                        "host;x-amz-date",
                                        "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")));
        assertThat(signed("POST", Map.of(), "", ""))
                .containsEntry(
                        "Authorization",
                        authorization(
                                "host;x-amz-date",
                                "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"));
    }

    @Test
    void signsAForm() {
        assertThat(
                        signed(
                                "POST",
                                Map.of("Content-Type", "application/x-www-form-urlencoded"),
                                "Param1=value1",
                                ""))
                .containsEntry(
                        "Authorization",
                        authorization(
                                "content-type;host;x-amz-date",
                                "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"));
    }

    @Test
    void signsHeadersWithoutTheirBlanks() {
        assertThat(
                        signed(
                                "GET",
                                Map.of("My-Header1", " value1", "My-Header2", " \"a   b   c\""),
                                "",
                                ""))
                .containsEntry(
                        "Authorization",
                        authorization(
                                "host;my-header1;my-header2;x-amz-date",
                                "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"));
    }

    @Test
    void signsTheSessionTokenOfTemporaryKeys() {
        assertThat(signed("POST", Map.of(), "", SESSION_TOKEN))
                .containsEntry("X-Amz-Security-Token", SESSION_TOKEN)
                .containsEntry(
                        "Authorization",
                        authorization(
                                "host;x-amz-date;x-amz-security-token",
                                "85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead"));
    }

    @Test
    void keysAreNotShown() {
        assertThat(new AwsKeys("AKIDEXAMPLE", KEY, SESSION_TOKEN).toString())
                .isEqualTo("AwsKeys[***]");
    }
}
