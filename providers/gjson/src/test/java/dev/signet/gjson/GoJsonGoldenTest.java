package dev.signet.gjson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Holds text and numbers against those of {@code encoding/json} and {@code strconv}. */
class GoJsonGoldenTest {

    @Test
    void printsNumbersAsGoDoes() throws IOException {
        SoftAssertions all = new SoftAssertions();
        for (JsonNode wanted : Golden.read("numbers.jsonl")) {
            double f = fromBits(wanted);
            all.assertThat(GoJson.plainNumber(f)).isEqualTo(wanted.get("plain").textValue());
            all.assertThat(GoJson.number(f)).isEqualTo(wanted.get("json").textValue());
        }
        all.assertAll();
    }

    @Test
    void readsNumbersAsGoDoes() throws IOException {
        SoftAssertions all = new SoftAssertions();
        for (JsonNode wanted : Golden.read("floats.jsonl")) {
            String text = wanted.get("text").textValue();
            all.assertThat(GoNumbers.parse(ByteText.of(text)))
                    .as(text)
                    .isEqualTo(Double.valueOf(fromBits(wanted)));
        }
        all.assertAll();
    }

    private static double fromBits(JsonNode wanted) {
        return Double.longBitsToDouble(Long.parseUnsignedLong(wanted.get("bits").textValue(), 16));
    }

    @Test
    void quotesStringsAsGoDoes() throws IOException {
        SoftAssertions all = new SoftAssertions();
        for (JsonNode wanted : Golden.read("quotes.jsonl")) {
            byte[] bytes = Base64.getDecoder().decode(wanted.get("base64").textValue());
            all.assertThat(GoJson.quote(bytes)).isEqualTo(wanted.get("quoted").textValue());
        }
        all.assertAll();
    }

    @Test
    void readsAndPrintsTextsAsGoDoes() throws IOException {
        SoftAssertions all = new SoftAssertions();
        for (JsonNode wanted : Golden.read("texts.jsonl")) {
            compare(wanted, all);
        }
        all.assertAll();
    }

    private static void compare(JsonNode wanted, SoftAssertions all) {
        String json = wanted.get("json").textValue();
        boolean valid = wanted.get("valid").booleanValue();
        all.assertThat(GJson.isValid(json)).as(json).isEqualTo(valid);
        if (valid) {
            all.assertThat(GoJson.normalize(json))
                    .as(json)
                    .isEqualTo(wanted.get("normalized").textValue());
            all.assertThat(GoJson.compact(json))
                    .as(json)
                    .isEqualTo(wanted.get("compacted").textValue());
            all.assertThat(GoJson.marshal(new GoJson.Raw(json)))
                    .as(json)
                    .isEqualTo(wanted.get("rawMarshal").textValue());
        }
        if (wanted.get("object").booleanValue()) {
            Map<String, String> members = new TreeMap<>();
            wanted.get("members")
                    .properties()
                    .forEach(member -> members.put(member.getKey(), member.getValue().textValue()));
            all.assertThat(GoJson.members(json)).as(json).isEqualTo(members);
        } else {
            assertThatThrownBy(() -> GoJson.members(json))
                    .as(json)
                    .isInstanceOf(InvalidJsonException.class);
        }
        all.assertThat(GoJson.unquote(json).isPresent())
                .as(json)
                .isEqualTo(wanted.get("isString").booleanValue());
        all.assertThat(GoJson.unquote(json).orElse(""))
                .as(json)
                .isEqualTo(wanted.get("text").textValue());
    }

    @Test
    void refusesNumbersThatJsonDoesNotHave() {
        assertThatThrownBy(() -> GoJson.number(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(GoJson.plainNumber(Double.NEGATIVE_INFINITY)).isEqualTo("-Inf");
    }
}
