package dev.signet.operator.sealedsecret;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signet.api.sealed.SealedSecret;
import dev.signet.sealed.KeyRing;
import dev.signet.sealed.Opened;
import dev.signet.sealed.Unsealed;
import dev.signet.sealed.UnsealingKey;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FailureTextTest {

    private static final UnsealingKey KEY = MovingKeys.generate("key");

    private static String text(KeyRing ring, String problem, int items) throws Exception {
        TreeMap<String, String> problems = new TreeMap<>();
        for (int i = 0; i < items; i++) {
            problems.put("k" + i, problem);
        }
        SealedSecret sealed =
                new ObjectMapper()
                        .readValue(
                                "{\"metadata\":{\"namespace\":\"n\",\"name\":\"a\"}}",
                                SealedSecret.class);
        return FailureText.of(sealed, new Unsealed.Unopened(new Opened.Unopened(problems)), ring);
    }

    @Test
    void namesWhatWasTried() throws Exception {
        assertThat(text(new KeyRing(List.of(KEY)), "no key could decrypt secret", 2))
                .isEqualTo(
                        "no key could decrypt secret (k0, k1)\ntried in scope strict for namespace n and name a with key key; it is sealed for another scope, namespace or name, with another key, or was changed");
    }

    @Test
    void saysThatThereIsNoKey() throws Exception {
        assertThat(text(KeyRing.EMPTY, "no key could decrypt secret", 1))
                .contains("with no key, as there is none");
    }

    @Test
    void saysNothingOfKeysWhereNoneWouldHelp() throws Exception {
        assertThat(text(KeyRing.EMPTY, "illegal base64 data at input byte 0", 1))
                .isEqualTo("illegal base64 data at input byte 0 (k0)");
    }

    @Test
    void saysHowManyWereNotTriedHoweverLongTheRestIs() throws Exception {
        TreeMap<String, String> problems = new TreeMap<>();
        for (int i = 0; i < 20; i++) {
            problems.put("k" + "x".repeat(100) + i, "no key could decrypt secret");
        }
        SealedSecret sealed =
                new ObjectMapper()
                        .readValue(
                                "{\"metadata\":{\"namespace\":\"n\",\"name\":\"a\"}}",
                                SealedSecret.class);

        assertThat(
                        FailureText.of(
                                sealed,
                                new Unsealed.Unopened(new Opened.Unopened(problems, 7)),
                                KeyRing.EMPTY))
                .contains("...\n7 more values were not tried\ntried in scope strict");
    }

    @Test
    void isBoundedHoweverManyItemsAndKeysThereAre() throws Exception {
        KeyRing many = new KeyRing(Stream.generate(() -> KEY).limit(40).toList());

        assertThat(text(many, "no key could decrypt secret", 5_000))
                .hasSizeLessThan(1_000)
                .contains("and 35 more");
    }
}
