package dev.signet.operator.externalsecret.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FieldManagersTest {

    @Test
    void namesTheExternalSecret() {
        assertThat(FieldManagers.of("db")).isEqualTo("externalsecrets.external-secrets.io/db");
    }

    @Test
    void keepsTheNameUpTo63Characters() {
        String name = "a".repeat(27);

        assertThat(FieldManagers.of(name)).hasSize(63).endsWith("/" + name);
    }

    @Test
    void hashesALongerName() {
        String name = "a".repeat(28);

        assertThat(FieldManagers.of(name))
                .isEqualTo("externalsecrets.external-secrets.io/sha3/" + GoHash.text(name))
                .matches("externalsecrets\\.external-secrets\\.io/sha3/[0-9a-f]{56}");
    }
}
