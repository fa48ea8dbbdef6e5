package dev.signet.provider.vault;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Where a secret lies in a KV engine.
 *
 * @param mount the engine's mount path, without slashes at its ends; empty for a KV v1 engine whose
 *     mount is part of the key
 * @param path the secret's path below the mount, or a folder's; empty for the mount itself
 */
record KvLocation(String mount, String path) {

    /** The API path, percent-encoded, of the secret's data in this version of the engine. */
    String dataPath(KvVersion version) {
        return encoded(version == KvVersion.V2 ? "data" : "");
    }

    /** The API path, percent-encoded, of metadata and listings in this version of the engine. */
    String metadataPath(KvVersion version) {
        return encoded(version == KvVersion.V2 ? "metadata" : "");
    }

    /** The location of an entry in this folder. */
    KvLocation child(String name) {
        return new KvLocation(mount, path.isEmpty() ? name : path + "/" + name);
    }

    /** As users write it. */
    @Override
    public String toString() {
        return mount.isEmpty() ? path : path.isEmpty() ? mount : mount + "/" + path;
    }

    private String encoded(String section) {
        return Arrays.stream(String.join("/", mount, section, path).split("/", -1))
                .filter(segment -> !segment.isEmpty())
                .map(KvLocation::encodedSegment)
                .collect(Collectors.joining("/"));
    }

    private static String encodedSegment(String segment) {
        // The form encoding differs from that of paths in the blank alone.
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
