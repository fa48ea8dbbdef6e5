package dev.signet.operator;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.TokenFilter;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Leaves {@code metadata.managedFields} out of what lists and watches bring: it is most of an
 * object's text, is read of no cached object, and would be dropped only after it was made into
 * maps. An object that is asked for alone is read whole.
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
        try (JsonParser parser =
                new FilteringParserDelegate(
                        mapper.createParser(in),
                        Part.ENVELOPE,
                        TokenFilter.Inclusion.INCLUDE_ALL_AND_PATH,
                        true)) {
            return mapper.readValue(parser, java);
        } catch (IOException e) {
            throw KubernetesClientException.launderThrowable(e);
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
