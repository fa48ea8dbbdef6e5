package dev.signet.operator.sealedsecret;

import io.fabric8.kubernetes.api.model.Secret;

/** What there is to do about a Secret that exists. */
sealed interface Step {

    /** Nothing: it is as it should be. */
    record Keep() implements Step {}

    /** It is to be replaced by this. */
    record Replace(Secret secret) implements Step {

        /** Its place and name; never a value. */
        @Override
        public String toString() {
            return "Replace[%s/%s]"
                    .formatted(secret.getMetadata().getNamespace(), secret.getMetadata().getName());
        }
    }

    /** It may not be touched, or the API server would not take it. */
    record Refuse(boolean unmanaged, String message) implements Step {}
}
