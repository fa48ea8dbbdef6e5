package dev.signet.provider.azure;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** What is sent to get a token. */
sealed interface LoginRequest {

    /**
     * A form for the login service; its fields are secret.
     *
     * @param endpoint of the tenant
     */
    record Form(URI endpoint, Map<String, String> fields) implements LoginRequest {

        /** The fields as a browser would send them. */
        String encoded() {
            return LoginRequest.encoded(fields);
        }

        /** Shows no fields. */
        @Override
        public String toString() {
            return "Form[" + endpoint + "]";
        }
    }

    /** A question to the machine's identity service. */
    record Machine(URI endpoint) implements LoginRequest {}

    /** Names and values as in a query. */
    static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
