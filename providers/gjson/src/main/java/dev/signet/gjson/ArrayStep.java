package dev.signet.gjson;

import org.jspecify.annotations.Nullable;

/**
 * The first part of a path, read as a selection from an array.
 *
 * @param index the element wanted, or -1
 * @param hash whether elements are counted or queried instead
 * @param count whether the part is {@code #} alone
 * @param each the path to take in each element ({@code #.path}), or null
 * @param query the condition ({@code #(...)}), or null
 * @param rest the path inside what is selected, or null if that itself is wanted
 * @param pipe what to do with the selection, or null
 */
record ArrayStep(
        int index,
        boolean hash,
        boolean count,
        @Nullable String each,
        @Nullable Query query,
        @Nullable String rest,
        @Nullable String pipe) {

    static ArrayStep parse(String path) {
        boolean hash = false;
        String each = null;
        Query query = null;
        int i = 0;
        if (path.startsWith("#") && path.length() > 1) {
            hash = true;
            char next = path.charAt(1);
            i = 1;
            if (next == '.') {
                each = path.substring(2);
            } else if (next == '[' || next == '(') {
                query = Query.parse(path);
                i = query.end();
            }
        }
        String rest = null;
        String pipe = null;
        for (; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '|') {
                pipe = path.substring(i + 1);
                break;
            }
            if (c == '.') {
                if (!hash && PathPart.dotPipes(path, i + 1)) {
                    pipe = path.substring(i + 1);
                } else {
                    rest = path.substring(i + 1);
                }
                break;
            }
            hash |= c == '#';
        }
        String part = path.substring(0, Math.min(i, path.length()));
        return new ArrayStep(
                hash ? -1 : index(part), hash, part.equals("#"), each, query, rest, pipe);
    }

    private static int index(String part) {
        // No array here has as many elements as ten digits can count.
        if (part.isEmpty()) {
            return -1;
        }
        long n = 0;
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            n = Math.min(n * 10 + (c - '0'), Integer.MAX_VALUE);
        }
        return (int) n;
    }
}
