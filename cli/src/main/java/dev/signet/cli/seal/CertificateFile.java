package dev.signet.cli.seal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A certificate in a file. */
record CertificateFile(Path path) implements CertificateSource {

    @Override
    public String pem() throws SealException {
        try {
            // Text around a certificate may be in any encoding.
            return new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new SealException(FileProblems.reading(path, e));
        }
    }
}
