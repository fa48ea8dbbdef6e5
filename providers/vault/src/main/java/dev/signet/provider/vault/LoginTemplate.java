package dev.signet.provider.vault;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.util.DefaultUriBuilderFactory;

/**
 * What Spring Vault's authentications post their credentials with.
 *
 * <p>Spring's clients write each body to their debug log before they send it; a body that is
 * serialized already shows there as nothing but an array's name.
 */
final class LoginTemplate extends RestTemplate {

    private final HttpHeaders headers = new HttpHeaders();

    LoginTemplate(URI api, ClientHttpRequestFactory requests, Map<String, String> headers) {
        super(requests);
        headers.forEach(this.headers::set);
        this.headers.setContentType(MediaType.APPLICATION_JSON);
        setUriTemplateHandler(new DefaultUriBuilderFactory(api + "/"));
    }

    @Override
    public <T> @Nullable T postForObject(
            String url,
            @Nullable Object request,
            Class<T> responseType,
            @Nullable Object... uriVariables) {
        byte[] body = request instanceof Map<?, ?> fields ? Json.bytes(fields) : new byte[0];
        return super.postForObject(
                url, new HttpEntity<>(body, headers), responseType, uriVariables);
    }
}
