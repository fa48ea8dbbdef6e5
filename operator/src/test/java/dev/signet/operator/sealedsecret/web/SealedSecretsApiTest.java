package dev.signet.operator.sealedsecret.web;

import static dev.signet.operator.sealedsecret.web.ApiRig.NEW;
import static dev.signet.operator.sealedsecret.web.ApiRig.RING;
import static dev.signet.operator.sealedsecret.web.ApiRig.assertStatus;
import static dev.signet.operator.sealedsecret.web.ApiRig.sealed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.operator.observe.AddressUnavailableException;
import dev.signet.operator.observe.BindAddress;
import dev.signet.operator.sealedsecret.ApiSettings;
import dev.signet.operator.sealedsecret.Keys;
import dev.signet.sealed.KeyRing;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API serves, and where. */
@Timeout(120)
class SealedSecretsApiTest {

    private final ApiRig rig = new ApiRig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void givesTheCertificateOfTheNewestKeyToAnyMethod() throws Exception {
        HttpResponse<String> response = rig.get("/v1/cert.pem");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type"))
                .contains("application/x-pem-file");
        assertThat(response.body()).isEqualTo(NEW.certificate().pem());
        assertThat(rig.post("/v1/cert.pem", "x").body()).isEqualTo(NEW.certificate().pem());
        HttpResponse<String> head =
                rig.client()
                        .send(rig.request("/v1/cert.pem").HEAD().build(), BodyHandlers.ofString());
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void withoutAKeyThereIsNoCertificateAndNothingIsJudged() throws Exception {
        rig.restart(KeyRing.EMPTY, 20, 40, true);

        HttpResponse<String> certificate = rig.get("/v1/cert.pem");
        assertThat(certificate.statusCode()).isEqualTo(500);
        assertThat(certificate.headers().firstValue("Content-Type"))
                .contains("text/plain; charset=utf-8");
        assertThat(certificate.body()).isEqualTo("cannot get certificate\n");
        assertStatus(rig.post("/v1/verify", sealed().toString()), 503);
        assertStatus(rig.post("/v1/rotate", sealed().toString()), 503);
    }

    @Test
    void tellsHealthAndReadiness() throws Exception {
        assertThat(rig.get("/healthz").body()).isEqualTo("ok\n");
        assertThat(rig.get("/readyz").body()).isEqualTo("ok\n");

        rig.ready().set(false);

        assertThat(rig.get("/healthz").statusCode()).isEqualTo(200);
        HttpResponse<String> unready = rig.get("/readyz");
        assertThat(unready.statusCode()).isEqualTo(503);
        assertThat(unready.body()).isEqualTo("not ready\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/metrics", "/v1", "/v1/verify/", "/v1/certxpem", "/v2/verify"})
    void otherPathsAreNotFound(String path) throws Exception {
        assertThat(rig.get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void countsRequestsWithBoundedLabels() throws Exception {
        rig.post("/v1/verify", sealed().toString());
        rig.get("/v1/cert.pem");
        rig.get("/elsewhere/c4n4ry");
        rig.client()
                .send(
                        rig.request("/v1/cert.pem")
                                .method("MADEUP", BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString());

        assertThat(count("/v1/verify", "200", "post")).isEqualTo(1);
        assertThat(count("/v1/cert.pem", "200", "get")).isEqualTo(1);
        assertThat(count("/v1/cert.pem", "200", "unknown")).isEqualTo(1);
        assertThat(rig.meters().find("sealed.secrets.controller.http.requests").counters())
                .hasSize(3);
        assertThat(
                        rig.meters()
                                .get("sealed.secrets.controller.http.request.duration")
                                .tag("path", "/v1/verify")
                                .timer()
                                .count())
                .isEqualTo(1);
    }

    @Test
    void addressZeroServesNothingAndOneInUseIsTold() {
        String taken = "127.0.0.1:" + rig.port();

        assertThatThrownBy(() ->
                        SealedSecretsApi.start(
                                new ApiSettings(BindAddress.parse(taken), 1, 1),
                                true,
                                Keys.of(RING),
                                rig.ready()::get,
                                rig.meters()))
                .isInstanceOf(AddressUnavailableException.class)
                .hasMessageContaining("--sealed-secrets-listen-address");
        try (SealedSecretsApi off =
                SealedSecretsApi.start(
                        ApiSettings.OFF, true, Keys.of(RING), rig.ready()::get, rig.meters())) {
            assertThat(off.address()).isEmpty();
        }
    }

    private double count(String path, String code, String method) {
        return rig.meters()
                .get("sealed.secrets.controller.http.requests")
                .tag("path", path)
                .tag("code", code)
                .tag("method", method)
                .counter()
                .count();
    }
}
