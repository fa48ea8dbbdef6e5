package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import dev.signet.api.Names;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** AWS credentials that are exchanged. */
@ApiType
public record AwsSecurityCredentials(
        @JsonPropertyDescription("AWS region.")
                @Required
                @Pattern(Names.AWS_REGION)
                @Size(min = 1, max = 50)
                String region,
        @JsonPropertyDescription(
                        "Secret with the keys aws_access_key_id, aws_secret_access_key and, for temporary credentials, aws_session_token.")
                @Required
                @Nullable SecretRef awsCredentialsSecretRef) {

    /** Absent fields become empty. */
    public AwsSecurityCredentials {
        region = Absent.text(region);
    }
}
