package dev.signet.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The CustomResourceDefinitions that this module carries. */
public final class Crds {

    private static final List<String> NAMES =
            List.of(
                    "bitnami.com_sealedsecrets",
                    "external-secrets.io_clustersecretstores",
                    "external-secrets.io_externalsecrets",
                    "external-secrets.io_secretstores");

    private Crds() {}

    /** All of them, ordered by name. */
    public static List<CrdFile> all() {
        return NAMES.stream().map(name -> new CrdFile(name, read(name))).toList();
    }

    private static String read(String name) {
        try (InputStream in = Crds.class.getResourceAsStream("/crds/" + name + ".yaml")) {
            if (in == null) {
                throw new IllegalStateException("crds/" + name + ".yaml is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
