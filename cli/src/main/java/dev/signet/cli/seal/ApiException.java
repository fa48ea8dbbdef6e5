package dev.signet.cli.seal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signet.cli.manifest.GoText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The API server refused a request, or was not reached. The message is that of kubectl. */
final class ApiException extends Exception {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST_TEXT = 2048;

    private final int code;

    /** With the code of HTTP; 0 where there was no answer. */
    ApiException(int code, String message) {
        super(message);
        this.code = code;
    }

    /** What an answer says: its Status where it has one, else what its code means. */
    static ApiException of(
            int code, @Nullable String type, byte[] body, String verb, String resource) {
        Optional<String> told = status(body);
        if (told.isPresent()) {
            return new ApiException(code, told.get());
        }
        boolean text = type == null || type.startsWith("text/");
        String words = text ? text(body) : "unknown";
        return new ApiException(code, "%s (%s %s)".formatted(meaning(code, words), verb, resource));
    }

    int code() {
        return code;
    }

    private static String text(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
    }

    private static Optional<String> status(byte[] body) {
        try {
            JsonNode status = new ObjectMapper().readTree(body);
            String message = status.path("message").asText("");
            return status.path("kind").asText("").equals("Status") && !message.isEmpty()
                    ? Optional.of(message)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String meaning(int code, String words) {
        return switch (code) {
            case 400 -> "the server rejected our request for an unknown reason";
            case 401 -> "the server has asked for the client to provide credentials";
            case 403 -> words.isEmpty() ? "the server does not allow access to it" : words;
            case 404 -> "the server could not find the requested resource";
            case 405 -> "the server does not allow this method on the requested resource";
            case 409 -> "the server reported a conflict";
            case 422 -> "the server rejected our request due to an error in our request";
            case 429 ->
                    "the server has received too many requests and has asked us to try again later";
            case 503 -> "the server is currently unable to handle the request";
            case 504 ->
                    "the server was unable to return a response in the time allotted, but may still be processing the request";
            default ->
                    code >= 500
                            ? "an error on the server (%s) has prevented the request from succeeding"
                                    .formatted(GoText.quoted(words))
                            : "the server responded with the status code %d but did not return more information"
                                    .formatted(code);
        };
    }
}
