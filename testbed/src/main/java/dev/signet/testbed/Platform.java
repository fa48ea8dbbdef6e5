package dev.signet.testbed;

import java.util.Locale;

/**
 * Operating system and processor, in Go's words.
 *
 * @param os {@code linux} or {@code darwin}
 * @param arch {@code amd64} or {@code arm64}
 */
record Platform(String os, String arch) {

    static Platform current() {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    static Platform of(String osName, String osArch) {
        String name = osName.toLowerCase(Locale.ROOT);
        String os;
        if (name.startsWith("linux")) {
            os = "linux";
        } else if (name.startsWith("mac")) {
            os = "darwin";
        } else {
            throw new TestbedException(
                    "the test bed runs on Linux and macOS, not on '" + osName + "'");
        }
        return switch (osArch) {
            case "amd64", "x86_64" -> new Platform(os, "amd64");
            case "aarch64", "arm64" -> new Platform(os, "arm64");
            default ->
                    throw new TestbedException(
                            "the test bed runs on amd64 and arm64, not on '" + osArch + "'");
        };
    }

    @Override
    public String toString() {
        return os + "-" + arch;
    }
}
