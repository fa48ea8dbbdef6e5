package dev.signet.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.operator.store.Providers;
import dev.signet.provider.contract.ConformanceTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/providers.md beside what the providers' own tests have just shown. */
class ConformanceE2E {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path PAGE = ROOT.resolve("docs/providers.md");
    private static final String BEGIN = "<!-- conformance: from here on written by tests -->\n\n";
    private static final String END = "\n<!-- conformance: to here -->";

    @Test
    void tableIsThatOfTheLastRunOfEachProvidersContract() throws IOException {
        ConformanceTable table = ConformanceTable.of(records());
        String right = table.markdown();
        System.out.println("Conformance of " + table.names() + ":\n" + right);

        assertThat(right).as("cases that failed or were not run").doesNotContain(" \u2717", " ?");
        assertThat(between(Files.readString(PAGE)))
                .as("the table in docs/providers.md; the right one is:%n%s", right)
                .isEqualTo(right);
    }

    @Test
    void everyProviderOfThisInstallationHasARowWithALinkToItsPage() throws IOException {
        List<String> rows =
                Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("| [")).toList();

        assertThat(Providers.onClassPath().names())
                .isNotEmpty()
                .allSatisfy(name ->
                        assertThat(rows)
                                .filteredOn(row -> row.contains("`" + name + "`"))
                                .hasSize(1));
        assertThat(rows).hasSameSizeAs(Providers.onClassPath().names());
    }

    private static List<Path> records() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("providers"), 4)) {
            List<Path> records =
                    files.filter(file -> file.getParent().endsWith("target/conformance")).toList();
            assertThat(records)
                    .as("what the providers' integration tests leave: run ./build verify")
                    .isNotEmpty();
            return records;
        }
    }

    private static String between(String page) {
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        assertThat(begin).isBetween(BEGIN.length(), end);
        return page.substring(begin, end);
    }
}
