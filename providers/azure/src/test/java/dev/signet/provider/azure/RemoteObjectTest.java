package dev.signet.provider.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.provider.RemoteRef;
import dev.signet.provider.azure.RemoteObject.KeyException;
import dev.signet.provider.azure.RemoteObject.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteObjectTest {

    @ParameterizedTest
    @CsvSource({
        "db-password, SECRET, db-password",
        "secret/db, SECRET, db",
        "key/db, KEY, db",
        "cert/db, CERTIFICATE, db",
        "key, SECRET, key",
        "0, SECRET, 0"
    })
    void prefixTellsTheKind(String key, Kind kind, String name) throws Exception {
        assertThat(RemoteObject.of(RemoteRef.of(key))).isEqualTo(new RemoteObject(kind, name, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "secret/",
                "/db",
                "secrets/db",
                "Secret/db",
                "secret/db/1",
                "a_b",
                "a.b",
                "é",
                "a b",
                "..",
                "secret/..",
                "a%2fb",
                "a?b",
                "a\nb"
            })
    void refusesWhatNoVaultCanHold(String key) {
        assertThatThrownBy(() -> RemoteObject.of(RemoteRef.of(key)))
                .isInstanceOf(KeyException.class);
    }

    @Test
    void longestNameHas127Characters() throws Exception {
        assertThat(RemoteObject.of(RemoteRef.of("n".repeat(127))).name()).hasSize(127);
        assertThatThrownBy(() -> RemoteObject.of(RemoteRef.of("n".repeat(128))))
                .isInstanceOf(KeyException.class);
    }

    @Test
    void doesNotRepeatEndlessKeysInMessages() {
        assertThatThrownBy(() -> RemoteObject.of(RemoteRef.of("n".repeat(5000))))
                .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(400));
    }

    @Test
    void namesTheVersionInMessages() throws Exception {
        assertThat(RemoteObject.of(new RemoteRef("key/k", "", "abc", false)).what())
                .isEqualTo("version 'abc' of key 'k'");
        assertThatThrownBy(() -> RemoteObject.of(new RemoteRef("k", "", "a/b", false)))
                .isInstanceOf(KeyException.class);
    }
}
