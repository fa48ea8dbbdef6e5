package dev.signet.operator;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a field as if it were not there where its value is of another type. A value that cannot be
 * read would end the watch of its whole kind.
 */
final class IllTypedFieldsAreAbsent extends DeserializationProblemHandler {

    @Override
    public @Nullable Object handleUnexpectedToken(
            DeserializationContext context,
            JavaType target,
            JsonToken token,
            JsonParser parser,
            String failure)
            throws IOException {
        parser.skipChildren();
        return absent(target.getRawClass());
    }

    @Override
    public @Nullable Object handleMissingInstantiator(
            DeserializationContext context,
            Class<?> target,
            @Nullable ValueInstantiator instantiator,
            JsonParser parser,
            String failure)
            throws IOException {
        parser.skipChildren();
        return absent(target);
    }

    @Override
    public @Nullable Object handleInstantiationProblem(
            DeserializationContext context,
            Class<?> target,
            @Nullable Object argument,
            Throwable failure) {
        return absent(target);
    }

    @Override
    public @Nullable Object handleWeirdStringValue(
            DeserializationContext context, Class<?> target, String value, String failure) {
        return absent(target);
    }

    @Override
    public @Nullable Object handleWeirdNumberValue(
            DeserializationContext context, Class<?> target, Number value, String failure) {
        return absent(target);
    }

    private static @Nullable Object absent(Class<?> type) {
        if (type == boolean.class) {
            return false;
        }
        if (type == int.class) {
            return 0;
        }
        return type == long.class ? 0L : null;
    }
}
