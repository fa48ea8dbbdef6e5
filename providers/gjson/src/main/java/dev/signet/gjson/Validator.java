package dev.signet.gjson;

import java.util.BitSet;

/** Whether a text is one JSON value, as GJSON's {@code Valid} judges. Needs no call stack. */
final class Validator {

    private final String text;
    private int at;

    private Validator(String text) {
        this.text = text;
    }

    static boolean isValid(String text) {
        return new Validator(text).document();
    }

    private boolean document() {
        BitSet objects = new BitSet();
        int depth = 0;
        while (true) {
            skipBlanks();
            char c = current();
            boolean opened = c == '{' || c == '[';
            if (opened) {
                at++;
                skipBlanks();
                objects.set(depth, c == '{');
                depth++;
                if (current() != (c == '{' ? '}' : ']')) {
                    if (c == '{' && !key()) {
                        return false;
                    }
                    continue;
                }
                at++;
                depth--;
            } else if (!scalar(c)) {
                return false;
            }
            // A value has ended: close what ends with it.
            while (true) {
                skipBlanks();
                if (depth == 0) {
                    return at == text.length();
                }
                boolean object = objects.get(depth - 1);
                char next = current();
                if (next == (object ? '}' : ']')) {
                    at++;
                    depth--;
                } else if (next == ',') {
                    at++;
                    if (object && !key()) {
                        return false;
                    }
                    break;
                } else {
                    return false;
                }
            }
        }
    }

    /** The byte to look at; NUL, which is never valid, at the end. */
    private char current() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean key() {
        skipBlanks();
        if (current() != '"' || !string()) {
            return false;
        }
        skipBlanks();
        return take(":");
    }

    private boolean scalar(char c) {
        return switch (c) {
            case '"' -> string();
            case 't' -> take("true");
            case 'f' -> take("false");
            case 'n' -> take("null");
            default -> number();
        };
    }

    private boolean take(String word) {
        boolean here = text.startsWith(word, at);
        if (here) {
            at += word.length();
        }
        return here;
    }

    private boolean string() {
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c < ' ') {
                return false;
            }
            if (c == '"') {
                at++;
                return true;
            }
            if (c == '\\') {
                at++;
                if (current() == 'u') {
                    for (int digit = 0; digit < 4; digit++) {
                        at++;
                        if (Character.digit(current(), 16) < 0) {
                            return false;
                        }
                    }
                } else if (current() == 0 || "\"\\/bfnrt".indexOf(current()) < 0) {
                    return false;
                }
            }
        }
        return false;
    }

    private boolean number() {
        take("-");
        if (!take("0") && !digits()) {
            return false;
        }
        if (take(".") && !digits()) {
            return false;
        }
        if (take("e") || take("E")) {
            if (!take("+")) {
                take("-");
            }
            return digits();
        }
        return true;
    }

    private boolean digits() {
        int from = at;
        while (current() >= '0' && current() <= '9') {
            at++;
        }
        return at > from;
    }
}
