package dev.signet.provider.webhook;

import com.jayway.jsonpath.spi.json.AbstractJsonProvider;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** Lets the library walk trees that are already read, whose numbers keep their text. */
final class JsonTrees extends AbstractJsonProvider {

    @Override
    public Object parse(String json) {
        throw new UnsupportedOperationException("trees are read elsewhere");
    }

    @Override
    public Object parse(InputStream json, String charset) {
        throw new UnsupportedOperationException("trees are read elsewhere");
    }

    @Override
    public String toJson(Object tree) {
        throw new UnsupportedOperationException("trees are printed elsewhere");
    }

    @Override
    public Object createArray() {
        return new ArrayList<@Nullable Object>();
    }

    @Override
    public Object createMap() {
        return new LinkedHashMap<String, @Nullable Object>();
    }
}
