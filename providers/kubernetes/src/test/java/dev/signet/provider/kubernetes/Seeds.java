package dev.signet.provider.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** Makes the data of Secrets. */
final class Seeds {

    private Seeds() {}

    /** The members of a JSON object, in base64: texts as they are, null as nothing, else JSON. */
    static Map<String, String> data(String json) throws Exception {
        Map<String, String> data = new TreeMap<>();
        for (Map.Entry<String, JsonNode> member : new ObjectMapper().readTree(json).properties()) {
            JsonNode value = member.getValue();
            String text =
                    value.isTextual() ? value.asText() : value.isNull() ? "" : value.toString();
            data.put(
                    member.getKey(),
                    Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
        }
        return data;
    }
}
