package dev.signet.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.signet.api.sealed.SealedSecret;
import dev.signet.api.sealed.SealedSecretSpec;
import dev.signet.api.sealed.SealedSecretStatus;
import dev.signet.api.store.ClusterSecretStore;
import dev.signet.api.store.SecretStore;
import dev.signet.api.store.SecretStoreSpec;
import dev.signet.api.store.SecretStoreStatus;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.SelectableField;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes the CustomResourceDefinitions of the kinds in this module. */
final class CrdWriter implements CRDPostProcessor {

    private static final String HEADER =
            "# Generated from the records of dev.signet.api; edit those and run the tests with"
                    + " -Dsignet.golden.update=true.\n";
    private static final ObjectMapper YAML =
            new ObjectMapper(
                    YAMLFactory.builder()
                            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                            .disable(YAMLGenerator.Feature.SPLIT_LINES)
                            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                            .build());
    private static final List<Class<? extends HasMetadata>> KINDS =
            List.of(
                    ExternalSecret.class,
                    SecretStore.class,
                    ClusterSecretStore.class,
                    SealedSecret.class);

    private final Map<String, CustomResourceDefinition> definitions = new TreeMap<>();

    /** The definitions by the name that their file has without its ending. */
    static Map<String, String> write() {
        CrdWriter writer = new CrdWriter();
        new CRDGenerator()
                .customResourceClasses(KINDS)
                .withPostProcessor(writer)
                .withOutput(new Discard())
                .generate();
        Map<String, String> files = new TreeMap<>();
        writer.definitions.forEach(
                (name, definition) -> files.put(name, HEADER + yaml(definition)));
        return files;
    }

    @Override
    public HasMetadata process(HasMetadata definition, String crdSpecVersion) {
        CustomResourceDefinition refined = refine((CustomResourceDefinition) definition);
        String plural = refined.getSpec().getNames().getPlural();
        definitions.put(refined.getSpec().getGroup() + "_" + plural, refined);
        return refined;
    }

    private static CustomResourceDefinition refine(CustomResourceDefinition definition) {
        definition.getMetadata().setAnnotations(null);
        definition
                .getSpec()
                .getNames()
                .setListKind(definition.getSpec().getNames().getKind() + "List");
        CustomResourceDefinitionVersion version = definition.getSpec().getVersions().getFirst();
        Class<?> kind = kind(definition);
        version.getAdditionalPrinterColumns().forEach(column -> column.setPriority(null));
        version.getAdditionalPrinterColumns()
                .sort(
                        Comparator.comparingInt(
                                column -> columnNames(kind).indexOf(column.getName())));
        JSONSchemaProps schema = version.getSchema().getOpenAPIV3Schema();
        schema.setDescription(kind.getAnnotation(JsonClassDescription.class).value());
        if (kind == SealedSecret.class) {
            refineSealed(definition, schema);
        } else {
            refineExternal(definition, version, schema, kind);
        }
        addEnvelope(schema);
        return definition;
    }

    private static void refineSealed(CustomResourceDefinition definition, JSONSchemaProps schema) {
        definition.getMetadata().setLabels(null);
        SchemaRefiner.refine(SealedSecretSpec.class, schema.getProperties().get("spec"));
        SchemaRefiner.refine(SealedSecretStatus.class, schema.getProperties().get("status"));
        describe(
                schema,
                "What is sealed, and how the Secret looks.",
                "How the last unsealing went.");
        schema.setRequired(List.of("spec"));
        // One without a text takes its key away.
        schema.getProperties()
                .get("spec")
                .getProperties()
                .get("template")
                .getProperties()
                .get("data")
                .getAdditionalProperties()
                .getSchema()
                .setNullable(true);
    }

    private static void refineExternal(
            CustomResourceDefinition definition,
            CustomResourceDefinitionVersion version,
            JSONSchemaProps schema,
            Class<?> kind) {
        definition.getMetadata().setLabels(Map.of("external-secrets.io/component", "controller"));
        definition.getSpec().getNames().setCategories(List.of("external-secrets"));
        boolean store = kind != ExternalSecret.class;
        SchemaRefiner.refine(
                store ? SecretStoreSpec.class : ExternalSecretSpec.class,
                schema.getProperties().get("spec"));
        SchemaRefiner.refine(
                store ? SecretStoreStatus.class : ExternalSecretStatus.class,
                schema.getProperties().get("status"));
        describe(
                schema,
                store
                        ? "Where a backend is and how to log in."
                        : "Which values to bring where, and when.",
                store ? "How the last check of the store went." : "How the last sync went.");
        if (!store) {
            version.setSelectableFields(
                    List.of(
                            new SelectableField(".spec.secretStoreRef.name"),
                            new SelectableField(".spec.secretStoreRef.kind"),
                            new SelectableField(".spec.target.name"),
                            new SelectableField(".spec.refreshInterval")));
        }
    }

    private static Class<?> kind(CustomResourceDefinition definition) {
        String name = definition.getSpec().getNames().getKind();
        return KINDS.stream().filter(k -> k.getSimpleName().equals(name)).findFirst().orElseThrow();
    }

    /** The generator orders columns by their path, people read them in the order written. */
    private static List<String> columnNames(Class<?> kind) {
        return Arrays.stream(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(AdditionalPrinterColumn::name)
                .toList();
    }

    private static void describe(JSONSchemaProps schema, String spec, String status) {
        schema.getProperties().get("spec").setDescription(spec);
        schema.getProperties().get("status").setDescription(status);
    }

    private static void addEnvelope(JSONSchemaProps schema) {
        Map<String, JSONSchemaProps> properties = new TreeMap<>(schema.getProperties());
        properties.put("apiVersion", typed("string"));
        properties.get("apiVersion").setDescription("Group and version of the API.");
        properties.put("kind", typed("string"));
        properties.get("kind").setDescription("Kind of the object.");
        // The API server allows no more than the type here.
        properties.put("metadata", typed("object"));
        schema.setProperties(properties);
    }

    private static JSONSchemaProps typed(String type) {
        JSONSchemaProps schema = new JSONSchemaProps();
        schema.setType(type);
        return schema;
    }

    private static String yaml(CustomResourceDefinition definition) {
        try {
            return YAML.writeValueAsString(definition);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text that the generator writes itself lacks what is added here. */
    private static final class Discard implements CRDGenerator.CRDOutput<OutputStream> {

        @Override
        public OutputStream outputFor(String crdName) {
            return new ByteArrayOutputStream();
        }

        @Override
        public void close() throws IOException {}
    }
}
