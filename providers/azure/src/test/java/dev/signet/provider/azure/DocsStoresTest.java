package dev.signet.provider.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.signet.api.store.AzureKvProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DocsStoresTest {

    private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$");

    @Test
    void storesOfTheGuideHaveNoProblems() throws Exception {
        String page = Files.readString(Path.of("..", "..", "docs", "providers", "azure.md"));
        YAMLMapper yaml = new YAMLMapper();
        List<String> ways = new ArrayList<>();
        for (Matcher block = YAML.matcher(page); block.find(); ) {
            JsonNode spec = yaml.readTree(block.group(1)).at("/spec/provider/azurekv");
            if (spec.isObject()) {
                AzureKvProvider store = yaml.treeToValue(spec, AzureKvProvider.class);
                assertThat(new AzureSecretProvider().problems(store)).isEmpty();
                ways.add(store.authType());
            }
        }
        assertThat(ways)
                .hasSize(5)
                .contains("ServicePrincipal", "WorkloadIdentity", "ManagedIdentity");
    }
}
