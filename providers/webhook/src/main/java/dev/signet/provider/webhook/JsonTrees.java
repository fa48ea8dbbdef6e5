package dev.signet.provider.webhook;

import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.spi.json.AbstractJsonProvider;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Lets the library walk trees that are already read, whose numbers keep their text. Made anew for
 * each path that is followed: of each result the library also keeps the way to it, so that a short
 * path can make a small answer into more than fits into memory.
 */
final class JsonTrees extends AbstractJsonProvider {

    /** What results and the ways to them may take, in characters. */
    private static final long MOST = 8L << 20;

    private static final int EACH = 64;

    private long held;

    @Override
    public void setArrayIndex(Object array, int index, @Nullable Object value) {
        held += EACH + (value instanceof String text ? text.length() : 0);
        if (held > MOST) {
            throw new JsonPathException("too many results");
        }
        super.setArrayIndex(array, index, value);
    }

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
