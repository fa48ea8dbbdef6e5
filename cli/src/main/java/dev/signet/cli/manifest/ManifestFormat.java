package dev.signet.cli.manifest;

import java.util.Locale;
import java.util.Optional;

/** How a manifest is written. */
public enum ManifestFormat {
    /** Two spaces of indentation, fields in the order of their Go types. */
    JSON,
    /** Keys sorted, each document behind {@code ---}. */
    YAML;

    /** The format of that name, in upper or lower case; JSON for an empty one. */
    public static Optional<ManifestFormat> ofWord(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "", "json" -> Optional.of(JSON);
            case "yaml" -> Optional.of(YAML);
            default -> Optional.empty();
        };
    }

    /** The format that a file's name tells: YAML for {@code .yaml} and {@code .yml}. */
    public static Optional<ManifestFormat> ofFile(String name) {
        return name.endsWith(".yaml") || name.endsWith(".yml")
                ? Optional.of(YAML)
                : Optional.empty();
    }
}
