package dev.signet.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonPackagesTest {

    private static final Platform HERE = new Platform("linux", "amd64");

    @ParameterizedTest
    @ValueSource(strings = {"moto", "ministack"})
    void pinsEveryPackageByItsChecksum(String name) {
        List<String> lines =
                new String(Resources.bytes("/python/" + name + ".txt"), UTF_8)
                        .lines()
                        .map(String::strip)
                        .toList();
        assertThat(lines)
                .allMatch(line ->
                        line.matches("[a-z0-9-]+==[0-9a-z.]+ \\\\")
                                || line.matches("--hash=sha256:[0-9a-f]{64}( \\\\)?"));
        assertThat(lines).anyMatch(line -> line.startsWith(name + "=="));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.11", "3.12"})
    void keepsWhatIsCompiledForAnotherPythonApart(String version) {
        assertThat(PythonPackages.MOTO.cacheEntry(HERE, version))
                .startsWith("moto-v5.2.5-")
                .endsWith("-python" + version + "-linux-amd64");
    }
}
