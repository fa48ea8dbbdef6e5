package dev.signet.provider.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.api.store.VaultProvider;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** No field of a store of Vault is passed over in silence: the page speaks of each. */
class FieldsTest {

    /** Parts of references, alike in all stores. */
    private static final Set<String> OF_REFERENCES =
            Set.of("name", "namespace", "key", "type", "serviceAccountRef");

    private static void collect(Class<?> record, Set<String> names) {
        for (RecordComponent component : record.getRecordComponents()) {
            names.add(component.getName());
            if (component.getType().isRecord()) {
                collect(component.getType(), names);
            }
        }
    }

    @Test
    void pageSpeaksOfEachFieldOfTheSpec() throws IOException {
        String page = Files.readString(Path.of("../../docs/vault.md"));
        Set<String> names = new TreeSet<>();
        collect(VaultProvider.class, names);
        names.removeAll(OF_REFERENCES);

        assertThat(names).hasSizeGreaterThan(40);
        assertThat(names)
                .allSatisfy(name -> assertThat(page).containsPattern("\\b" + name + "\\b"));
    }
}
