package dev.signet.testbed;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/** Takes named files out of a gzipped tar archive, whatever folders they are in there. */
final class TarGz {

    private static final int BLOCK = 512;
    private static final int NAME_LENGTH = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE_LENGTH = 12;
    private static final int TYPE_AT = 156;

    private TarGz() {}

    /** Writes those of {@code names} that the archive holds into {@code folder}, executable. */
    static void extract(Path archive, Set<String> names, Path folder) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(archive), 1 << 16)) {
            byte[] header = in.readNBytes(BLOCK);
            while (header.length == BLOCK && header[0] != 0) {
                String path = field(header, 0, NAME_LENGTH);
                String name = path.substring(path.lastIndexOf('/') + 1);
                long size = Long.parseLong(field(header, SIZE_AT, SIZE_LENGTH), 8);
                boolean file = header[TYPE_AT] == '0' || header[TYPE_AT] == 0;
                if (file && names.contains(name)) {
                    Path target = folder.resolve(name);
                    try (OutputStream out = Files.newOutputStream(target)) {
                        copy(in, size, out);
                    }
                    Binaries.makeExecutable(target);
                } else {
                    copy(in, size, OutputStream.nullOutputStream());
                }
                in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
                header = in.readNBytes(BLOCK);
            }
        }
    }

    private static String field(byte[] header, int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0 && header[end] != ' ') {
            end++;
        }
        return new String(header, from, end - from, US_ASCII);
    }

    private static void copy(InputStream in, long size, OutputStream out) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long left = size;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException("the archive ends early");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
    }
}
