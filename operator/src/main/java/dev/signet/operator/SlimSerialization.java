package dev.signet.operator;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.TokenFilter;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.core.util.JsonParserSequence;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Leaves {@code metadata.managedFields} out of what lists and watches bring: it is most of an
 * object's text, is read of no cached object, and would be dropped only after it was made into
 * maps. An object that is asked for alone is read whole.
 *
 * <p>What a watch brings is read at once into the class of its kind. The library reads it into a
 * tree first, and that into the class, because kind and version may stand anywhere; API servers
 * write them in front.
 *
 * <p>One object that cannot be read is read in part, see {@link UnreadableParts}.
 */
final class SlimSerialization extends KubernetesSerialization {

    private final ObjectMapper mapper;

    SlimSerialization(ObjectMapper mapper) {
        super(mapper, true);
        this.mapper = mapper;
    }

    @Override
    public <T> T unmarshal(InputStream in, TypeReference<T> type) {
        JavaType java = mapper.getTypeFactory().constructType(type);
        if (!java.hasRawClass(WatchEvent.class)
                && !java.isTypeOrSubTypeOf(KubernetesResourceList.class)) {
            return super.unmarshal(in, type);
        }
        // The library has read it whole by now, so that it costs nothing to read it twice.
        InputStream text = in.markSupported() ? in : new BufferedInputStream(in);
        text.mark(Integer.MAX_VALUE);
        Object read;
        try {
            read = read(mapper.createParser(text), java);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            read = readable(text, java, e);
        }
        // It is of the type that was asked for.
        @SuppressWarnings("unchecked")
        T result = (T) read;
        return result;
    }

    /** What remains without the parts that cannot be read. */
    private Object readable(InputStream text, JavaType type, Throwable problem) {
        try {
            text.reset();
            String whole = new String(text.readAllBytes(), StandardCharsets.UTF_8);
            UnreadableParts parts =
                    new UnreadableParts(one -> read(mapper.createParser(one), type));
            String rest =
                    type.hasRawClass(WatchEvent.class) ? parts.event(whole) : parts.list(whole);
            return read(mapper.createParser(rest), type);
        } catch (IOException e) {
            e.addSuppressed(problem);
            throw KubernetesClientException.launderThrowable(e);
        }
    }

    private Object read(JsonParser text, JavaType type) throws IOException {
        try (JsonParser parser =
                new FilteringParserDelegate(
                        text, Part.ENVELOPE, TokenFilter.Inclusion.INCLUDE_ALL_AND_PATH, true)) {
            if (type.hasRawClass(WatchEvent.class)) {
                return event(parser);
            }
            Object list = mapper.readValue(parser, type);
            // An empty list of metadata alone comes without an array, and informers need one.
            if (list instanceof GenericKubernetesResourceList generic
                    && generic.getItems() == null) {
                generic.setItems(new ArrayList<>());
            }
            return list;
        }
    }

    private WatchEvent event(JsonParser parser) throws IOException {
        String type = "";
        Object object = null;
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new JsonParseException(parser, "an event is an object");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("type")) {
                type = parser.getValueAsString("");
            } else if (name.equals("object") && value == JsonToken.START_OBJECT) {
                object = object(parser);
            } else {
                parser.skipChildren();
            }
        }
        return new WatchEvent(object, type);
    }

    private Object object(JsonParser parser) throws IOException {
        try (TokenBuffer front = new TokenBuffer(parser)) {
            String version = "";
            String kind = "";
            front.writeStartObject();
            while (parser.nextToken() == JsonToken.FIELD_NAME
                    && (version.isEmpty() || kind.isEmpty())) {
                String name = parser.currentName();
                front.writeFieldName(name);
                parser.nextToken();
                if (name.equals("apiVersion")) {
                    version = parser.getValueAsString("");
                } else if (name.equals("kind")) {
                    kind = parser.getValueAsString("");
                }
                front.copyCurrentStructure(parser);
            }
            Class<?> known = getRegisteredKubernetesResource(version, kind);
            return mapper.readValue(
                    JsonParserSequence.createFlattened(true, front.asParser(), parser),
                    mapper.constructType(known == null ? GenericKubernetesResource.class : known));
        }
    }

    /** Where the parser is, as far as that matters. */
    private static final class Part extends TokenFilter {

        static final Part METADATA = new Part("managedFields", null);
        static final Part OBJECT = new Part("metadata", METADATA);
        static final Part ITEMS = new Part("", OBJECT);
        static final Part ENVELOPE = new Part("object", OBJECT);

        private final String name;
        private final @Nullable TokenFilter inner;

        Part(String name, @Nullable TokenFilter inner) {
            this.name = name;
            this.inner = inner;
        }

        @Override
        public @Nullable TokenFilter includeProperty(String property) {
            if (property.equals("items") && this == ENVELOPE) {
                return ITEMS;
            }
            return property.equals(name) ? inner : INCLUDE_ALL;
        }

        @Override
        public @Nullable TokenFilter includeElement(int index) {
            return inner;
        }

        @Override
        public boolean includeEmptyArray(boolean contentsFiltered) {
            return true;
        }

        @Override
        public boolean includeEmptyObject(boolean contentsFiltered) {
            return true;
        }
    }
}
