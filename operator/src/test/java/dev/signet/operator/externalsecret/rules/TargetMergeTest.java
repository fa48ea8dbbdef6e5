package dev.signet.operator.externalsecret.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.api.ExternalSecretTarget;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TargetMergeTest {

    static Stream<GoldenCase> cases() {
        return GoldenCase.of("merge");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void makesTheSecretThatTheCaseExpects(GoldenCase golden) {
        DesiredTarget desired = merged(golden);

        assertThat(shown(desired)).isEqualTo(golden.read("out-secret.yaml", Map.class));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void wantsNothingMoreOnceWritten(GoldenCase golden) {
        DesiredTarget desired = merged(golden);
        ActualTarget written =
                new ActualTarget(
                        desired.data(),
                        desired.labels(),
                        desired.annotations(),
                        desired.type(),
                        desired.immutable(),
                        OwnedKeys.NONE);

        assertThat(desired.differsFrom(written)).isFalse();
        assertThat(written.state()).isEqualTo(new TargetState(true, true, true));
    }

    @Test
    void differsInEachPart() {
        TargetMetadata source = new TargetMetadata("ns", "es", Map.of(), Map.of());
        DesiredTarget desired =
                TargetMerge.merge(
                        source, ExternalSecretTarget.DEFAULT, Map.of("a", new byte[] {1}), null);

        assertThat(desired.differsFrom(null)).isTrue();
        assertThat(desired.differsFrom(actual(desired, Map.of("a", new byte[] {2}), "Opaque")))
                .isTrue();
        assertThat(desired.differsFrom(actual(desired, Map.of("b", new byte[] {1}), "Opaque")))
                .isTrue();
        assertThat(desired.differsFrom(actual(desired, Map.of(), "Opaque"))).isTrue();
        assertThat(desired.differsFrom(actual(desired, Map.of("a", new byte[] {1}), "other")))
                .isTrue();
        assertThat(desired.differsFrom(actual(desired, Map.of("a", new byte[] {1}), "Opaque")))
                .isFalse();
    }

    private static ActualTarget actual(DesiredTarget like, Map<String, byte[]> data, String type) {
        return new ActualTarget(
                data, like.labels(), like.annotations(), type, false, OwnedKeys.NONE);
    }

    private static DesiredTarget merged(GoldenCase golden) {
        Map<?, ?> source = golden.map("in-externalsecret.yaml");
        ObjectMeta meta = GoldenCase.convert(source.get("metadata"), ObjectMeta.class);
        ExternalSecretTarget target =
                GoldenCase.convert(
                        ((Map<?, ?>) source.get("spec")).get("target"), ExternalSecretTarget.class);
        Map<String, byte[]> wanted = new HashMap<>();
        golden.map("in-data.yaml")
                .forEach((k, v) -> wanted.put(String.valueOf(k), GoldenCase.bytes(v)));
        Optional<Secret> secret = golden.readIfPresent("in-secret.yaml", Secret.class);
        return TargetMerge.merge(
                new TargetMetadata(
                        meta.getNamespace(),
                        meta.getName(),
                        orEmpty(meta.getLabels()),
                        orEmpty(meta.getAnnotations())),
                target,
                wanted,
                secret.map(s -> actual(s, FieldManagers.of(meta.getName()))).orElse(null));
    }

    private static ActualTarget actual(Secret secret, String manager) {
        Map<String, byte[]> data = new HashMap<>();
        orEmpty(secret.getData())
                .forEach((key, value) -> data.put(key, Base64.getDecoder().decode(value)));
        List<Map<String, Object>> fields =
                secret.getMetadata().getManagedFields().stream()
                        .filter(entry -> manager.equals(entry.getManager()))
                        .map(ManagedFieldsEntry::getFieldsV1)
                        .map(fieldsV1 -> fieldsV1.getAdditionalProperties())
                        .toList();
        return new ActualTarget(
                data,
                orEmpty(secret.getMetadata().getLabels()),
                orEmpty(secret.getMetadata().getAnnotations()),
                secret.getType(),
                Boolean.TRUE.equals(secret.getImmutable()),
                OwnedKeys.of(fields));
    }

    private static Map<String, String> orEmpty(Map<String, String> map) {
        return map == null ? Map.of() : map;
    }

    private static Map<String, Object> shown(DesiredTarget desired) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("labels", desired.labels());
        shown.put("annotations", desired.annotations());
        shown.put("type", desired.type());
        shown.put("data", GoldenCase.shown(desired.data()));
        if (desired.immutable()) {
            shown.put("immutable", true);
        }
        if (desired.heldBack()) {
            shown.put("heldBack", true);
        }
        return shown;
    }
}
