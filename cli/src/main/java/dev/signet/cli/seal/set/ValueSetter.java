package dev.signet.cli.seal.set;

import dev.signet.cli.seal.SecretSealer;
import dev.signet.provider.SecretValue;
import dev.signet.sealed.Scope;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Sets values of a SealedSecret in the text of its file. */
public final class ValueSetter {

    private final SecretSealer sealer;

    /** Seals with that. */
    public ValueSetter(SecretSealer sealer) {
        this.sealer = sealer;
    }

    /**
     * What came of it.
     *
     * @param scope that the file tells
     * @param namespace that the values are bound to, unless the scope is the cluster
     * @param isNamespaceAssumed whether the file names none
     * @param replaced keys that were there
     * @param added keys that were not
     * @param withLineEnd keys whose value ends with a line end
     * @param empty keys whose value has no byte
     */
    public record Changed(
            String text,
            String name,
            Scope scope,
            String namespace,
            boolean isNamespaceAssumed,
            List<String> replaced,
            List<String> added,
            List<String> withLineEnd,
            List<String> empty) {

        /** Where the values can be opened, in words. */
        public String place() {
            return switch (scope) {
                case STRICT -> "%s/%s (strict)".formatted(namespace, name);
                case NAMESPACE_WIDE ->
                        "every name in namespace %s (namespace-wide)".formatted(namespace);
                case CLUSTER_WIDE -> "every namespace and name (cluster-wide)";
            };
        }
    }

    /** Tells the namespace of a file that names none. */
    @FunctionalInterface
    public interface Fallback<E extends Exception> {
        /** The namespace. */
        String namespace() throws E;
    }

    /**
     * Sets the values.
     *
     * @param text of the file
     * @param name of the SealedSecret; empty where there is only one
     * @param settings at most one of them of standard input
     * @param expected what has to agree with the file
     * @throws SetException where the text is not what it has to be; its message goes on from the
     *     name of the file
     */
    public <E extends Exception> Changed set(
            String text,
            String name,
            List<Setting> settings,
            InputStream input,
            Expected expected,
            Fallback<E> fallback)
            throws SetException, E {
        SealedText sealed = SealedText.find(text, name);
        sealed.confirmPlace();
        expected.confirm(sealed);
        boolean assumed = sealed.namespace().isEmpty() && sealed.scope() != Scope.CLUSTER_WIDE;
        String namespace = assumed ? fallback.namespace() : sealed.namespace();
        List<String> replaced = new ArrayList<>();
        List<String> added = new ArrayList<>();
        List<String> withLineEnd = new ArrayList<>();
        List<String> empty = new ArrayList<>();
        for (Setting setting : settings) {
            SecretValue value = setting.value(input);
            if (setting.readsInput() && endsLine(value)) {
                withLineEnd.add(setting.key());
            }
            if (value.bytes().length == 0) {
                empty.add(setting.key());
            }
            boolean there = !ItemEdit.item(sealed, setting.key()).isEmpty();
            (there ? replaced : added).add(setting.key());
            String item = sealer.seal(value, sealed.scope(), namespace, sealed.name());
            value.wipe();
            sealed = SealedText.find(ItemEdit.put(sealed, setting.key(), item), sealed.name());
        }
        return new Changed(
                sealed.text(),
                sealed.name(),
                sealed.scope(),
                namespace,
                assumed,
                List.copyOf(replaced),
                List.copyOf(added),
                List.copyOf(withLineEnd),
                List.copyOf(empty));
    }

    private static boolean endsLine(SecretValue value) {
        byte[] bytes = value.bytes();
        return bytes.length > 0 && bytes[bytes.length - 1] == '\n';
    }
}
