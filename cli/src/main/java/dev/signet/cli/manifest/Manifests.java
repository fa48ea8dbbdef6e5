package dev.signet.cli.manifest;

import java.util.List;

/**
 * The documents of one input.
 *
 * @param documents those that could be read, in their order; empty ones are left out
 * @param problems what could not be read and where, without a word of it
 */
public record Manifests(List<Manifest> documents, List<String> problems) {

    /** Both are copied. */
    public Manifests {
        documents = List.copyOf(documents);
        problems = List.copyOf(problems);
    }
}
