package dev.signet.cli.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestWriterTest {

    private static final List<String> PIECES =
            List.of(
                    "a",
                    "z",
                    "0",
                    "9",
                    " ",
                    "-",
                    ":",
                    "#",
                    ",",
                    "[",
                    "{",
                    "&",
                    "*",
                    "!",
                    "|",
                    ">",
                    "'",
                    "\"",
                    "%",
                    "@",
                    "`",
                    "?",
                    "~",
                    "\n",
                    "\t",
                    "\n\n",
                    " \n",
                    "\n ",
                    "é",
                    "🔑",
                    "---",
                    "yes",
                    "null",
                    "0x",
                    "1e5",
                    " word word word word word word word");

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '=',
            quoteCharacter = '^',
            textBlock =
                    """
                    plain = plain
                    yes = "yes"
                    n = "n"
                    null = "null"
                    ~ = "~"
                    1 = "1"
                    0x10 = "0x10"
                    1e3 = "1e3"
                    12:30 = "12:30"
                    2020-01-01 = "2020-01-01"
                    <a & b> = <a & b>
                    a: b = 'a: b'
                    a #b = 'a #b'
                    it's = it's
                    @at = '@at'
                    --- = '---'
                    {} = '{}'
                    ünï = ünï
                    🔑 = "\\U0001F511"
                    """)
    void textIsQuotedWhereGoQuotesIt(String text, String written) {
        assertThat(ManifestWriter.text(object().put("k", text), ManifestFormat.YAML))
                .isEqualTo("---\nk: " + written + "\n");
    }

    @Test
    void linesAreWrittenAsABlockAndLongTextIsFolded() {
        ObjectNode tree = object();
        tree.put("kept", "one\n\n").put("lines", "one\ntwo: x\n").put("open", "one\ntwo");
        tree.put("long", "word ".repeat(20).strip());

        assertThat(ManifestWriter.text(tree, ManifestFormat.YAML))
                .isEqualTo(
                        """
                        ---
                        kept: |+
                          one

                        lines: |
                          one
                          two: x
                        long: word word word word word word word word word word word word word word word word
                          word word word word
                        open: |-
                          one
                          two
                        """);
    }

    @Test
    void keysAreSortedWithNumbersByTheirValue() {
        ObjectNode tree = object();
        List.of("k10", "k9", "K", "a.b", "a-b", "_").forEach(key -> tree.put(key, "v"));

        assertThat(ManifestWriter.text(tree, ManifestFormat.YAML))
                .isEqualTo("---\n_: v\nK: v\na-b: v\na.b: v\nk9: v\nk10: v\n");
        assertThat(ManifestWriter.textInOrder(tree, ManifestFormat.YAML))
                .startsWith("k10: v\nk9: v\n");
    }

    @Test
    void jsonEscapesWhatHtmlCouldStumbleOver() {
        assertThat(
                        ManifestWriter.text(
                                object().put("k", "<a & b>\u2028\t\u0001"), ManifestFormat.JSON))
                .isEqualTo("{\n  \"k\": \"\\u003ca \\u0026 b\\u003e\\u2028\\t\\u0001\"\n}\n");
    }

    @Test
    void whatIsWrittenIsReadAsItWas() {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            ObjectNode tree = object();
            for (int field = 0; field < 10; field++) {
                tree.put("k" + field + text(random), text(random));
            }
            for (ManifestFormat format : ManifestFormat.values()) {
                String written = ManifestWriter.text(tree, format);
                Manifests read = ManifestReader.read(written.getBytes(StandardCharsets.UTF_8));
                assertThat(read.problems()).as(written).isEmpty();
                assertThat(read.documents()).as(written).hasSize(1);
                assertThat(read.documents().getFirst().tree()).as(written).isEqualTo(tree);
            }
        }
    }

    private static String text(Random random) {
        List<String> pieces = new ArrayList<>();
        for (int piece = random.nextInt(12); piece > 0; piece--) {
            pieces.add(PIECES.get(random.nextInt(PIECES.size())));
        }
        return String.join("", pieces);
    }
}
