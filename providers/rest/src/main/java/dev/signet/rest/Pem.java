package dev.signet.rest;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is said to be PEM, and where it comes from.
 *
 * @param field the field that gave it, as messages name it
 * @param text the text; it may be a private key
 */
public record Pem(String field, String text) {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]+)-----END \\1-----");

    /** The first block that is a private key; empty without one. */
    Block key() {
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            if (block.group(1).endsWith("PRIVATE KEY")) {
                return new Block(block.group(1), Base64.getMimeDecoder().decode(block.group(2)));
            }
        }
        return new Block("", new byte[0]);
    }

    /** The field alone. */
    @Override
    public String toString() {
        return "Pem[" + field + "]";
    }

    /** A block of PEM: its label and what it encodes. */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares blocks.
    record Block(String label, byte[] der) {

        /** The label alone. */
        @Override
        public String toString() {
            return "Block[" + label + "]";
        }
    }
}
