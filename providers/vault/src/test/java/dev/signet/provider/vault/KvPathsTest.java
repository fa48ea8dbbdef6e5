package dev.signet.provider.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KvPathsTest {

    @ParameterizedTest
    @CsvSource({
        "secret,      V2, foo,                  secret/data/foo",
        "secret,      V2, secret/foo,           secret/data/foo",
        "secret,      V2, secret/data/foo,      secret/data/foo",
        "secret,      V2, data/foo,             secret/data/data/foo",
        "secret,      V2, secret/data,          secret/data/data",
        "secret,      V2, secretive/foo,        secret/data/secretive/foo",
        "secret/path, V2, foo,                  secret/path/data/foo",
        "secret/path, V2, secret/path/foo,      secret/path/data/foo",
        "secret/path, V2, secret/path/data/foo, secret/path/data/foo",
        "/secret/,    V2, foo//bar/,            secret/data/foo/bar",
        "secret,      V1, foo,                  secret/foo",
        "secret,      V1, secret/foo,           secret/foo",
        "secret,      V1, secret/data/foo,      secret/data/foo",
        "'',          V2, secret/path/foo,      secret/data/path/foo",
        "'',          V2, secret/path/data/foo, secret/path/data/foo",
        "'',          V1, secret/path/foo,      secret/path/foo",
        "secret,      V2, a b/c?d#e%f,          secret/data/a%20b/c%3Fd%23e%25f",
    })
    void keyBecomesTheApiPathThatExternalSecretsAsksFor(
            String mount, KvVersion version, String key, String expected) throws Exception {
        KvLocation location = new KvPaths(mount, version).secret(key);

        assertThat(location.dataPath(version)).isEqualTo(expected);
    }

    @Test
    void metadataOfVersionTwoLiesBesideTheData() throws Exception {
        assertThat(new KvPaths("secret", KvVersion.V2).secret("secret/data/a/b"))
                .returns("secret/metadata/a/b", at -> at.metadataPath(KvVersion.V2));
        assertThat(new KvPaths("", KvVersion.V2).secret("team/kv/data/a"))
                .returns("team/kv/metadata/a", at -> at.metadataPath(KvVersion.V2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "secret/", "a/../../sys/seal", "..", "./a"})
    void keyThatNamesNoSecretOrClimbsIsRefused(String key) {
        assertThatThrownBy(() -> new KvPaths("secret", KvVersion.V2).secret(key))
                .isInstanceOf(KvPaths.PathException.class)
                .hasMessageContaining(key);
    }

    @Test
    void keyOfOneSegmentNeedsAMount() {
        assertThatThrownBy(() -> new KvPaths("", KvVersion.V2).secret("foo"))
                .isInstanceOf(KvPaths.PathException.class)
                .hasMessageContaining("must begin with the mount");
    }

    @Test
    void searchWithoutMountIsRefused() {
        assertThatThrownBy(() -> new KvPaths("", KvVersion.V2).folder(""))
                .isInstanceOf(KvPaths.PathException.class)
                .hasMessageContaining("find.path");
    }

    @Test
    void searchStartsAtTheMountOrBelow() throws Exception {
        KvPaths paths = new KvPaths("secret", KvVersion.V2);

        assertThat(paths.folder("")).isEqualTo(new KvLocation("secret", ""));
        assertThat(paths.folder("team/a/")).isEqualTo(new KvLocation("secret", "team/a"));
        assertThat(paths.folder("secret/data/team")).isEqualTo(new KvLocation("secret", "team"));
    }
}
