package dev.signet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CrdGoldenTest {

    private static final Path FOLDER = Path.of("src/main/resources/crds");
    private static final boolean UPDATE = Boolean.getBoolean("signet.golden.update");

    @Test
    void theFilesAreWhatTheRecordsSay() throws IOException {
        Map<String, String> generated = CrdWriter.write();
        if (UPDATE) {
            for (Map.Entry<String, String> file : generated.entrySet()) {
                Files.writeString(FOLDER.resolve(file.getKey() + ".yaml"), file.getValue());
            }
        }

        Map<String, String> written = new TreeMap<>();
        for (String name : generated.keySet()) {
            written.put(name, Files.readString(FOLDER.resolve(name + ".yaml")));
        }

        assertThat(written)
                .as("run the tests with -Dsignet.golden.update=true after a change of the records")
                .isEqualTo(generated);
    }

    @Test
    void allFilesAreOnTheClassPath() {
        assumeThat(UPDATE).as("what was copied to the class path is then out of date").isFalse();
        assertThat(Crds.all())
                .extracting(CrdFile::name)
                .containsExactlyElementsOf(CrdWriter.write().keySet());
        assertThat(Crds.all())
                .extracting(CrdFile::yaml)
                .containsExactlyElementsOf(CrdWriter.write().values());
    }
}
