package dev.signet.provider.webhook;

import dev.signet.provider.webhook.Expression.Call;
import dev.signet.provider.webhook.Expression.Field;
import dev.signet.provider.webhook.Expression.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what stands between the braces: fields, texts, functions, pipes and parentheses of Go's
 * template language. All else of it is refused by name.
 */
final class ExpressionParser {

    private static final Pattern TOKEN =
            Pattern.compile(
                    "\\s*+(?:(?<field>(?:\\.[A-Za-z_][A-Za-z0-9_]*)++)"
                            + "|(?<word>[A-Za-z_][A-Za-z0-9_]*+)"
                            + "|(?<quoted>\"[^\"\\\\\n]*+(?:\\\\.[^\"\\\\\n]*+)*+\")"
                            + "|(?<raw>`[^`]*+`)"
                            + "|(?<sign>[|()]))\\s*+");
    private static final Set<String> STATEMENTS =
            Set.of(
                    "if",
                    "else",
                    "end",
                    "range",
                    "with",
                    "define",
                    "template",
                    "block",
                    "break",
                    "continue");
    private static final int MAX_DEPTH = 20;

    /** The JDK's regular expressions follow repeated groups on the stack. */
    private static final int MAX_LENGTH = 2_000;

    private record Token(String kind, String text) {
        boolean is(String sign) {
            return kind.equals("sign") && text.equals(sign);
        }
    }

    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int depth;

    private ExpressionParser(String action) throws TemplateException {
        if (action.length() > MAX_LENGTH) {
            throw new TemplateException(
                    "a placeholder is longer than %d characters".formatted(MAX_LENGTH));
        }
        Matcher token = TOKEN.matcher(action);
        int end = 0;
        while (end < action.length()) {
            if (!token.region(end, action.length()).lookingAt()) {
                throw unsupported("'%s'".formatted(action.substring(end).strip()));
            }
            for (String kind : List.of("field", "word", "quoted", "raw", "sign")) {
                if (token.group(kind) != null) {
                    tokens.add(new Token(kind, token.group(kind)));
                }
            }
            end = token.end();
        }
    }

    /** Reads one action, without its braces. */
    static Expression parse(String action) throws TemplateException {
        ExpressionParser parser = new ExpressionParser(action);
        Expression expression = parser.pipeline();
        if (parser.at < parser.tokens.size()) {
            throw unsupported("'%s' at this place".formatted(parser.tokens.get(parser.at).text()));
        }
        return expression;
    }

    static TemplateException unsupported(String what) {
        return new TemplateException(
                "%s is not supported: a placeholder holds fields such as .remoteRef.key, texts in quotes, parentheses, pipes, and the functions index, %s"
                        .formatted(what, Function.words()));
    }

    private Expression pipeline() throws TemplateException {
        if (++depth > MAX_DEPTH) {
            throw new TemplateException("parentheses nest too deeply");
        }
        Expression value = command(List.of());
        while (at < tokens.size() && tokens.get(at).is("|")) {
            at++;
            value = command(List.of(value));
        }
        depth--;
        return value;
    }

    /** One command of a pipe, which is given the result of the one before it. */
    private Expression command(List<Expression> given) throws TemplateException {
        if (at == tokens.size()) {
            throw new TemplateException("a placeholder is empty, or ends too early");
        }
        Token first = tokens.get(at);
        if (!first.kind().equals("word")) {
            if (!given.isEmpty()) {
                throw unsupported("a pipe to something that is no function");
            }
            return operand();
        }
        at++;
        if (first.text().equals("index")) {
            return index(given);
        }
        if (STATEMENTS.contains(first.text())) {
            throw unsupported("the statement '%s'".formatted(first.text()));
        }
        Function function =
                Function.named(first.text())
                        .orElseThrow(
                                () -> unsupported("the function '%s'".formatted(first.text())));
        List<Expression> arguments = new ArrayList<>();
        while (at < tokens.size() && startsOperand(tokens.get(at))) {
            arguments.add(operand());
        }
        arguments.addAll(given);
        if (!function.takes(arguments.size())) {
            throw new TemplateException(
                    "the function '%s' has too few or too many arguments"
                            .formatted(function.word()));
        }
        return new Call(function, arguments);
    }

    private static boolean startsOperand(Token token) {
        return !token.is("|") && !token.is(")") && !token.kind().equals("word");
    }

    /** {@code index .name "key"}, for keys that cannot be written as a field. */
    private Expression index(List<Expression> given) throws TemplateException {
        if (given.isEmpty() && at + 1 < tokens.size() && tokens.get(at).kind().equals("field")) {
            String object = tokens.get(at++).text().substring(1);
            if (!object.contains(".") && operand() instanceof Text(String key)) {
                return new Field(object, key);
            }
        }
        throw unsupported("'index' other than as in index .name \"key\"");
    }

    private Expression operand() throws TemplateException {
        Token token = tokens.get(at++);
        return switch (token.kind()) {
            case "field" -> field(token.text());
            case "quoted" -> new Text(unquoted(token.text()));
            case "raw" -> new Text(token.text().substring(1, token.text().length() - 1));
            default -> {
                if (!token.is("(")) {
                    throw unsupported("'%s' at this place".formatted(token.text()));
                }
                Expression inner = pipeline();
                if (at == tokens.size() || !tokens.get(at).is(")")) {
                    throw new TemplateException("a parenthesis is not closed");
                }
                at++;
                yield inner;
            }
        };
    }

    private static Field field(String text) throws TemplateException {
        String[] parts = text.substring(1).split("\\.", -1);
        if (parts.length != 2) {
            throw new TemplateException(
                    "'%s' is no value: write .remoteRef.key or .name.key, or index .name \"a.key\""
                            .formatted(text));
        }
        return new Field(parts[0], parts[1]);
    }

    private static String unquoted(String quoted) throws TemplateException {
        StringBuilder out = new StringBuilder();
        for (int i = 1; i < quoted.length() - 1; i++) {
            char c = quoted.charAt(i);
            if (c == '\\') {
                c =
                        switch (quoted.charAt(++i)) {
                            case 'n' -> '\n';
                            case 't' -> '\t';
                            case 'r' -> '\r';
                            case '"' -> '"';
                            case '\\' -> '\\';
                            default ->
                                    throw unsupported(
                                            "the escape '\\%s'".formatted(quoted.charAt(i)));
                        };
            }
            out.append(c);
        }
        return out.toString();
    }
}
