package dev.signet.testbed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The first line and the headers of an HTTP/1.1 message.
 *
 * @param first the request line or status line
 * @param headers as they were sent, one line each
 */
record HttpHead(String first, List<String> headers) {

    private static final int LONGEST_LINE = 64 * 1024;

    /** Reads a head; empty where the stream ends before it. */
    static Optional<HttpHead> read(InputStream in) throws IOException {
        String first = line(in);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        List<String> headers = new ArrayList<>();
        String header = line(in);
        while (!header.isEmpty()) {
            headers.add(header);
            header = line(in);
        }
        return Optional.of(new HttpHead(first, List.copyOf(headers)));
    }

    /** Reads a line without its end; empty at the end of the stream, too. */
    static String line(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        int next = in.read();
        while (next >= 0 && next != '\n') {
            if (bytes.size() == LONGEST_LINE) {
                throw new IOException("too long a line");
            }
            if (next != '\r') {
                bytes.write(next);
            }
            next = in.read();
        }
        return bytes.toString(ISO_8859_1);
    }

    /** The head of a request without the offer to change to HTTP/2 in the clear. */
    HttpHead withoutHttp2() {
        if (!header("upgrade").equalsIgnoreCase("h2c")) {
            return this;
        }
        return new HttpHead(
                first,
                headers.stream()
                        .filter(header -> {
                            String name = name(header);
                            return !name.equals("upgrade")
                                    && !name.equals("http2-settings")
                                    && !name.equals("connection");
                        })
                        .toList());
    }

    /** A header's value; empty where it is absent. */
    String header(String name) {
        return headers.stream()
                .filter(header -> name(header).equals(name))
                .map(header -> header.substring(header.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("");
    }

    boolean chunked() {
        return header("transfer-encoding").equalsIgnoreCase("chunked");
    }

    /** The length of the body; -1 where none is given. */
    long length() {
        String length = header("content-length");
        return length.isEmpty() ? -1 : Long.parseLong(length);
    }

    /** The status of an answer. */
    int status() {
        return Integer.parseInt(first.split(" ", 3)[1]);
    }

    byte[] bytes() {
        StringBuilder text = new StringBuilder(first).append("\r\n");
        headers.forEach(header -> text.append(header).append("\r\n"));
        return text.append("\r\n").toString().getBytes(ISO_8859_1);
    }

    private static String name(String header) {
        return header.substring(0, Math.max(0, header.indexOf(':'))).toLowerCase(Locale.ROOT);
    }
}
