package dev.signet.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import org.junit.jupiter.api.Test;

class KubernetesErrorsTest {

    @Test
    void wordsOfTheApiServerComeFirstOnOneLineOfBoundedLength() {
        assertThat(KubernetesErrors.text(answer(422, "spec.a: Invalid\n  spec.b: Required ")))
                .isEqualTo("spec.a: Invalid spec.b: Required");
        assertThat(KubernetesErrors.text(answer(422, "x".repeat(10_000))))
                .hasSize(515)
                .endsWith("x...");
    }

    @Test
    void brokenWayIsNamedAndNothingOfAnAnswerIsQuoted() {
        String lost = "the API server cannot be reached: ";
        ConnectException unknown = new ConnectException("x");
        unknown.initCause(new UnresolvedAddressException());

        assertThat(text(new HttpConnectTimeoutException("x")))
                .isEqualTo(lost + "connecting took too long");
        assertThat(text(new HttpTimeoutException("x"))).isEqualTo(lost + "no answer in time");
        assertThat(text(new ConnectException("x")))
                .isEqualTo(lost + "connection refused or no way there");
        assertThat(text(unknown)).isEqualTo(lost + "its host is not known");
        assertThat(text(new IOException("reset"))).isEqualTo(lost + "reset");
        assertThat(text(new JsonParseException(null, "cannot read 's3cr3t'")))
                .isEqualTo(lost + "an answer that is no JSON");
    }

    @Test
    void causeIsFoundHoweverDeepAndIoWithoutAName() {
        Throwable deep = new IOException("outer", new HttpTimeoutException("inner"));

        assertThat(text(new IllegalStateException(deep))).endsWith("no answer in time");
        assertThat(text(new IOException())).endsWith("IOException");
    }

    @Test
    void answerWithoutWordsIsNamedByItsCode() {
        assertThat(KubernetesErrors.text(answer(502, null)))
                .isEqualTo("the API server answered HTTP 502");
    }

    @Test
    void onlyWhatIsNotAboutTheRequestIsAnOutage() {
        for (int code : List.of(0, 429, 500, 502, 503, 504)) {
            assertThat(KubernetesErrors.isOutage(answer(code, "x"))).as("%d", code).isTrue();
        }
        for (int code : List.of(400, 401, 403, 404, 409, 410, 422)) {
            assertThat(KubernetesErrors.isOutage(answer(code, "x"))).as("%d", code).isFalse();
        }
    }

    @Test
    void namespaceThatGoesAwayIsToldFromADenial() {
        String going = "unable to create new content in namespace a because it is being terminated";

        assertThat(KubernetesErrors.isNamespaceTerminating(answer(403, going))).isTrue();
        assertThat(KubernetesErrors.isNamespaceTerminating(answer(403, "forbidden"))).isFalse();
        assertThat(KubernetesErrors.isNamespaceTerminating(answer(409, going))).isFalse();
    }

    private static String text(Throwable cause) {
        return KubernetesErrors.text(new KubernetesClientException("request failed", cause));
    }

    private static KubernetesClientException answer(int code, String message) {
        return new KubernetesClientException(
                "failure", code, new StatusBuilder().withCode(code).withMessage(message).build());
    }
}
