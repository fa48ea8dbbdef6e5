package dev.signet.provider.webhook;

import dev.signet.gjson.GoJson;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The functions that templates may use, as Go and Sprig have them; all take and give text. */
enum Function {
    B64DEC("b64dec", 1, 1) {
        @Override
        String of(List<String> in) throws TemplateException {
            try {
                return new String(
                        Base64.getDecoder().decode(in.getFirst()), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                throw new TemplateException("b64dec is given what is not base64");
            }
        }
    },
    B64ENC("b64enc", 1, 1) {
        @Override
        String of(List<String> in) {
            return Base64.getEncoder()
                    .encodeToString(in.getFirst().getBytes(StandardCharsets.UTF_8));
        }
    },
    DEFAULT("default", 2, 2) {
        @Override
        String of(List<String> in) {
            return in.get(1).isEmpty() ? in.get(0) : in.get(1);
        }
    },
    LOWER("lower", 1, 1) {
        @Override
        String of(List<String> in) {
            return in.getFirst().toLowerCase(Locale.ROOT);
        }
    },
    NOSPACE("nospace", 1, 1) {
        @Override
        String of(List<String> in) {
            return in.getFirst()
                    .codePoints()
                    .filter(c -> !Character.isWhitespace(c))
                    .collect(
                            StringBuilder::new,
                            StringBuilder::appendCodePoint,
                            StringBuilder::append)
                    .toString();
        }
    },
    PRINT("print", 0, 100) {
        @Override
        String of(List<String> in) {
            return String.join("", in);
        }
    },
    PRINTF("printf", 1, 100) {
        @Override
        String of(List<String> in) throws TemplateException {
            return formatted(in.getFirst(), in.subList(1, in.size()));
        }
    },
    QUOTE("quote", 1, 1) {
        @Override
        String of(List<String> in) {
            return quoted(in.getFirst());
        }
    },
    REPLACE("replace", 3, 3) {
        @Override
        String of(List<String> in) throws TemplateException {
            long places = in.get(2).split(Pattern.quote(in.get(0)), -1).length;
            if (places * in.get(1).length() + in.get(2).length() > Template.MAX_TEXT) {
                throw Template.tooLong();
            }
            return in.get(2).replace(in.get(0), in.get(1));
        }
    },
    SHA256SUM("sha256sum", 1, 1) {
        @Override
        String of(List<String> in) {
            try {
                return HexFormat.of()
                        .formatHex(
                                MessageDigest.getInstance("SHA-256")
                                        .digest(in.getFirst().getBytes(StandardCharsets.UTF_8)));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JVM has SHA-256", e);
            }
        }
    },
    SQUOTE("squote", 1, 1) {
        @Override
        String of(List<String> in) {
            return "'" + in.getFirst() + "'";
        }
    },
    TO_JSON("toJson", 1, 1) {
        @Override
        String of(List<String> in) {
            return GoJson.marshal(in.getFirst());
        }
    },
    TO_STRING("toString", 1, 1) {
        @Override
        String of(List<String> in) {
            return in.getFirst();
        }
    },
    TRIM("trim", 1, 1) {
        @Override
        String of(List<String> in) {
            return in.getFirst().strip();
        }
    },
    TRIM_PREFIX("trimPrefix", 2, 2) {
        @Override
        String of(List<String> in) {
            return in.get(1).startsWith(in.get(0))
                    ? in.get(1).substring(in.get(0).length())
                    : in.get(1);
        }
    },
    TRIM_SUFFIX("trimSuffix", 2, 2) {
        @Override
        String of(List<String> in) {
            return in.get(1).endsWith(in.get(0))
                    ? in.get(1).substring(0, in.get(1).length() - in.get(0).length())
                    : in.get(1);
        }
    },
    UPPER("upper", 1, 1) {
        @Override
        String of(List<String> in) {
            return in.getFirst().toUpperCase(Locale.ROOT);
        }
    },
    URLQUERY("urlquery", 1, 100) {
        @Override
        String of(List<String> in) {
            return URLEncoder.encode(String.join("", in), StandardCharsets.UTF_8)
                    .replace("*", "%2A")
                    .replace("%7E", "~");
        }
    };

    private final String word;
    private final int least;
    private final int most;

    Function(String word, int least, int most) {
        this.word = word;
        this.least = least;
        this.most = most;
    }

    /** The function's result. */
    abstract String of(List<String> in) throws TemplateException;

    /** The name in templates. */
    String word() {
        return word;
    }

    boolean takes(int arguments) {
        return arguments >= least && arguments <= most;
    }

    /** Whether nothing in its result can end a text in quotes or a form's field. */
    boolean encodes() {
        return switch (this) {
            case B64ENC, QUOTE, SHA256SUM, TO_JSON, URLQUERY -> true;
            default -> false;
        };
    }

    static Optional<Function> named(String word) {
        return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
    }

    /** All names, for messages. */
    static String words() {
        return Arrays.stream(values()).map(Function::word).collect(Collectors.joining(", "));
    }

    private static String formatted(String format, List<String> in) throws TemplateException {
        StringBuilder out = new StringBuilder();
        int next = 0;
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%') {
                out.append(c);
                continue;
            }
            char verb = ++i < format.length() ? format.charAt(i) : 0;
            if (verb == '%') {
                out.append('%');
            } else if ("svq".indexOf(verb) < 0 || verb == 0 || next == in.size()) {
                throw new TemplateException(
                        "printf knows %s, %v, %q and %% alone, with a value for each");
            } else {
                String value = in.get(next++);
                out.append(verb == 'q' ? quoted(value) : value);
            }
        }
        if (next < in.size()) {
            throw new TemplateException("printf has more values than its format");
        }
        return out.toString();
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ' || c == 0x7f) {
                        out.append("\\x%02x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }
}
