package dev.signet.gjson;

/**
 * A condition on the elements of an array.
 *
 * @param path what of an element is compared; empty for the element itself
 * @param op the comparison; empty to ask for existence
 * @param operand what is compared with, without its quotes
 * @param all whether all matches are wanted and not only the first
 * @param end where the path goes on behind the closing bracket
 */
record Query(String path, String op, String operand, boolean all, int end) {

    /** A query without its closing bracket: it takes the whole path and asks for nothing. */
    private static final Query OPEN = new Query("", "", "", false, Integer.MAX_VALUE);

    private static final String OPERATORS = "!=<>%";

    /** Reads the query that {@code path} begins with: {@code #(}...{@code )}. */
    static Query parse(String path) {
        int depth = 1;
        int operator = -1;
        boolean escapes = false;
        int i = 2;
        for (; i < path.length(); i++) {
            char c = path.charAt(i);
            if (depth == 1 && operator < 0 && OPERATORS.indexOf(c) >= 0) {
                operator = i;
            } else if (c == '\\') {
                i++;
            } else if (c == '[' || c == '(') {
                depth++;
            } else if (c == ']' || c == ')') {
                depth--;
                if (depth == 0) {
                    break;
                }
            } else if (c == '"') {
                int quote = PathPart.quoteEnd(path, i);
                escapes |= path.substring(i, Math.min(quote, path.length())).indexOf('\\') >= 0;
                i = quote;
            }
        }
        if (depth > 0) {
            return OPEN;
        }
        boolean all = path.startsWith("#", i + 1);
        if (operator < 0) {
            return new Query(Scan.trim(path.substring(2, i)), "", "", all, i + 1);
        }
        String left = Scan.trim(path.substring(2, operator));
        String right = Scan.trim(path.substring(operator, i));
        String op = operator(right);
        String operand = Scan.trim(right.substring(right.startsWith("==") ? 2 : op.length()));
        return new Query(left, op, unquote(operand, escapes), all, i + 1);
    }

    private static String operator(String text) {
        for (String two : new String[] {"!=", "!%", "<=", ">="}) {
            if (text.startsWith(two)) {
                return two;
            }
        }
        // A lone "!" is an operator that nothing fulfils, but not before an operand.
        return text.startsWith("!") && text.length() > 1 ? "" : text.substring(0, 1);
    }

    private static String unquote(String operand, boolean escapes) {
        if (operand.length() < 2 || !operand.startsWith("\"") || !operand.endsWith("\"")) {
            return operand;
        }
        String inner = operand.substring(1, operand.length() - 1);
        return escapes ? Escapes.unescape(inner) : inner;
    }

    boolean matches(Value found, Budget budget) {
        if (!operand.startsWith("~")) {
            return holds(found, operand, budget);
        }
        return switch (operand.substring(1)) {
            case "*" -> holds(bool(found.exists()), "true", budget);
            case "null" -> holds(bool(found.type() == Type.NULL), "true", budget);
            case "true" -> holds(bool(isTrueish(found)), "true", budget);
            case "false" -> holds(bool(isFalseish(found)), "true", budget);
            default -> false;
        };
    }

    private static Value bool(boolean truth) {
        return Value.of(truth ? Type.TRUE : Type.FALSE, "");
    }

    private static boolean isTrueish(Value value) {
        return switch (value.type()) {
            case TRUE -> true;
            case STRING -> value.isTrueWord();
            case NUMBER -> value.num() != 0;
            case NULL, FALSE, JSON -> false;
        };
    }

    private static boolean isFalseish(Value value) {
        return switch (value.type()) {
            case NULL, FALSE -> true;
            case STRING -> value.isFalseWord();
            case NUMBER -> value.num() == 0;
            case TRUE, JSON -> false;
        };
    }

    private boolean holds(Value value, String operand, Budget budget) {
        if (!value.exists()) {
            return false;
        }
        if (op.isEmpty()) {
            return true;
        }
        return switch (value.type()) {
            case STRING -> textHolds(value.str(), operand, budget);
            case NUMBER -> numberHolds(value.num(), GoNumbers.parse(operand));
            case TRUE -> trueHolds(operand);
            case FALSE -> falseHolds(operand);
            case NULL, JSON -> false;
        };
    }

    private boolean textHolds(String text, String operand, Budget budget) {
        return switch (op) {
            case "=" -> text.equals(operand);
            case "!=" -> !text.equals(operand);
            case "<" -> text.compareTo(operand) < 0;
            case "<=" -> text.compareTo(operand) <= 0;
            case ">" -> text.compareTo(operand) > 0;
            case ">=" -> text.compareTo(operand) >= 0;
            case "%" -> new Glob(operand).matches(text, budget);
            case "!%" -> !new Glob(operand).matches(text, budget);
            default -> false;
        };
    }

    private boolean numberHolds(double number, double operand) {
        return switch (op) {
            case "=" -> number == operand;
            case "!=" -> number != operand;
            case "<" -> number < operand;
            case "<=" -> number <= operand;
            case ">" -> number > operand;
            case ">=" -> number >= operand;
            default -> false;
        };
    }

    private boolean trueHolds(String operand) {
        return switch (op) {
            case "=" -> operand.equals("true");
            case "!=" -> !operand.equals("true");
            case ">" -> operand.equals("false");
            case ">=" -> true;
            default -> false;
        };
    }

    private boolean falseHolds(String operand) {
        return switch (op) {
            case "=" -> operand.equals("false");
            case "!=" -> !operand.equals("false");
            case "<" -> operand.equals("true");
            case "<=" -> true;
            default -> false;
        };
    }
}
