package dev.signet.gjson;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * One walk along one path through one text, without building a tree: what does not lie on the path
 * is skipped over. A member that matches but leads nowhere is passed by, so the first one of
 * several equal keys that leads to a value counts.
 *
 * <p>The walking methods return the place behind what they have read and say in {@link #found}
 * whether they came to an end; {@link #value} may be set without it, where a query over all
 * elements came to a close.
 */
final class Search {

    private final String json;
    private final Evaluator evaluator;
    private Value value = Value.NONE;
    private @Nullable String pipe;
    private boolean found;

    private Search(String json, Evaluator evaluator) {
        this.json = json;
        this.evaluator = evaluator;
    }

    /**
     * @param pipe a path still to be taken in {@code value}, or null
     */
    record Outcome(Value value, @Nullable String pipe) {}

    static Outcome run(String json, String path, Evaluator evaluator) {
        Search search = new Search(json, evaluator);
        if (path.startsWith("..")) {
            search.array(0, path.substring(2));
        } else {
            int start = 0;
            while (start < json.length()
                    && json.charAt(start) != '{'
                    && json.charAt(start) != '[') {
                start++;
            }
            if (start < json.length()) {
                search.descend(start, path);
            }
        }
        return new Outcome(search.value, search.pipe);
    }

    private int descend(int open, String path) {
        evaluator.budget().enter();
        try {
            return json.charAt(open) == '{' ? object(open + 1, path) : array(open + 1, path);
        } finally {
            evaluator.budget().leave();
        }
    }

    private boolean opensContainer(int i) {
        return json.charAt(i) == '{' || json.charAt(i) == '[';
    }

    private int object(int from, String path) {
        KeyStep step = KeyStep.parse(path);
        pipeInto(step.pipe());
        int i = from;
        while (i < json.length()) {
            int quote = keyOrEnd(i);
            if (quote == json.length()) {
                return quote;
            }
            if (json.charAt(quote) == '}') {
                return quote + 1;
            }
            Scan.Token key = Scan.token(json, quote);
            if (!key.closed()) {
                return key.end();
            }
            boolean match = step.matches(key.value(json).str(), evaluator.budget());
            i = Scan.valueStart(json, key.end());
            if (i == json.length()) {
                return i;
            }
            if (match && step.rest() != null && opensContainer(i)) {
                i = descend(i, step.rest());
                if (found) {
                    return i;
                }
                continue;
            }
            Scan.Token token = Scan.token(json, i);
            i = token.end();
            if (!token.closed()) {
                return i;
            }
            if (match && step.rest() == null) {
                return find(token.value(json), i);
            }
        }
        return i;
    }

    private int keyOrEnd(int from) {
        int i = from;
        while (i < json.length() && json.charAt(i) != '"' && json.charAt(i) != '}') {
            i++;
        }
        return i;
    }

    private int array(int from, String path) {
        ArrayStep step = ArrayStep.parse(path);
        pipeInto(step.pipe());
        Query query = step.query();
        Selection selection = query == null ? null : new Selection(query, step.rest());
        List<Integer> starts = new ArrayList<>();
        int seen = 0;
        int i = from;
        while (i <= json.length()) {
            boolean wanted = step.index() == seen;
            seen++;
            if (step.each() != null) {
                starts.add(i);
            }
            i = elementOrEnd(i);
            if (i == json.length() || json.charAt(i) == ']') {
                return close(step, selection, starts, seen - 1, i + 1);
            }
            if (wanted && step.rest() != null && opensContainer(i)) {
                i = descend(i, step.rest());
                if (found) {
                    return i;
                }
                continue;
            }
            Scan.Token token = Scan.token(json, i);
            i = token.end();
            if (!token.closed()) {
                return i;
            }
            if (selection != null) {
                if (selection.take(token.value(json))) {
                    return find(selection.first, i);
                }
            } else if (wanted && step.rest() == null) {
                return find(token.value(json), i);
            }
        }
        return i;
    }

    private int elementOrEnd(int from) {
        int i = from;
        while (i < json.length() && json.charAt(i) != ']' && !Scan.startsValue(json.charAt(i))) {
            i++;
        }
        return i;
    }

    private int close(
            ArrayStep step,
            @Nullable Selection selection,
            List<Integer> starts,
            int count,
            int behind) {
        if (step.count()) {
            return find(
                    step.each() == null
                            ? Value.number(Integer.toString(count))
                            : Value.json(inEach(step.each(), starts)),
                    behind);
        }
        if (selection != null && selection.query.all() && !value.exists()) {
            value = Value.json(evaluator.budget().produce(selection.all.toString()));
        }
        return behind;
    }

    private int find(Value what, int behind) {
        value = what;
        found = true;
        return behind;
    }

    private void pipeInto(@Nullable String next) {
        if (next != null) {
            pipe = next;
        }
    }

    /** Parts a path at its pipe, which is then taken in the collected results. */
    private String upToPipe(String path) {
        int at = PathPart.pipe(path);
        if (at < 0) {
            return path;
        }
        pipe = path.substring(at + 1);
        return path.substring(0, at);
    }

    private String inEach(String path, List<Integer> starts) {
        String inner = upToPipe(path);
        StringJoiner out = new StringJoiner(",", "[", "]");
        for (int start : starts) {
            int at = start;
            while (at < json.length() && " \t\r\n".indexOf(json.charAt(at)) >= 0) {
                at++;
            }
            if (at == json.length() || json.charAt(at) == ']') {
                continue;
            }
            at = Scan.valueStart(json, at);
            Scan.Token token = at == json.length() ? null : Scan.token(json, at);
            if (token != null && token.closed()) {
                Value result = evaluator.get(token.value(json).raw(), inner);
                if (result.exists()) {
                    out.add(evaluator.budget().produce(result.raw()));
                }
            }
        }
        return out.toString();
    }

    /** The elements that fulfil a query. */
    private final class Selection {

        private final Query query;
        private @Nullable String rest;
        private Value first = Value.NONE;
        private final StringJoiner all = new StringJoiner(",", "[", "]");

        Selection(Query query, @Nullable String rest) {
            this.query = query;
            this.rest = rest;
        }

        /** Looks at one element; true if the search is over with it. */
        boolean take(Value element) {
            boolean container = element.type() == Type.JSON;
            if (!container && !query.path().isEmpty()) {
                return false;
            }
            Value compared = container ? evaluator.get(element.raw(), query.path()) : element;
            if (!query.matches(compared, evaluator.budget())) {
                return false;
            }
            Value result = element;
            if (rest != null) {
                rest = upToPipe(rest);
                result = evaluator.get(element.raw(), rest);
            }
            if (!query.all()) {
                first = result;
                return true;
            }
            if (result.exists()) {
                all.add(evaluator.budget().produce(result.raw()));
            }
            return false;
        }
    }
}
