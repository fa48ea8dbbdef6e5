package dev.signet.gjson;

import org.jspecify.annotations.Nullable;

/**
 * The first part of a path, read as the key of an object.
 *
 * @param part the key or pattern, escapes resolved
 * @param wild whether {@code part} is a pattern
 * @param rest the path inside the member, or null if the member itself is wanted
 * @param pipe what to do with the member once it is found, or null
 */
record KeyStep(String part, @Nullable Glob wild, @Nullable String rest, @Nullable String pipe) {

    static KeyStep parse(String path) {
        StringBuilder part = new StringBuilder();
        boolean wild = false;
        String rest = null;
        String pipe = null;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '|') {
                pipe = path.substring(i + 1);
                break;
            }
            if (c == '.') {
                String tail = path.substring(i + 1);
                if (PathPart.dotPipes(path, i + 1)) {
                    pipe = tail;
                } else {
                    rest = tail;
                }
                break;
            }
            if (c == '\\') {
                i++;
                if (i < path.length()) {
                    part.append(path.charAt(i));
                }
                continue;
            }
            wild |= c == '*' || c == '?';
            part.append(c);
        }
        String key = part.toString();
        return new KeyStep(key, wild ? new Glob(key) : null, rest, pipe);
    }

    boolean matches(String key, Budget budget) {
        return wild == null ? part.equals(key) : wild.matches(key, budget);
    }
}
