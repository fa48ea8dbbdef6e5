package dev.signet.provider.webhook;

import java.util.List;
import java.util.stream.Stream;

/** What stands between the braces of a template. */
sealed interface Expression {

    /** A text in quotes. */
    record Text(String text) implements Expression {}

    /**
     * A field of what the template is given.
     *
     * @param object {@code remoteRef}, or the name of a Secret
     */
    record Field(String object, String key) implements Expression {}

    /** A function of the results of others. */
    record Call(Function function, List<Expression> arguments) implements Expression {

        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** The fields in it, however deep. */
    default Stream<Field> fields() {
        return switch (this) {
            case Text text -> Stream.of();
            case Field field -> Stream.of(field);
            case Call call -> call.arguments().stream().flatMap(Expression::fields);
        };
    }

    /** The functions in it, however deep. */
    default Stream<Function> functions() {
        return this instanceof Call(Function function, List<Expression> arguments)
                ? Stream.concat(
                        Stream.of(function), arguments.stream().flatMap(Expression::functions))
                : Stream.of();
    }
}
