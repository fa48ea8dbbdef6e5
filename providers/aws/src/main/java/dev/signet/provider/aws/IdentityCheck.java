package dev.signet.provider.aws;

import dev.signet.api.store.AwsProvider;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.StoreHealth;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/** Whether AWS accepts a store's identity, found out without any permission. */
final class IdentityCheck {

    private final Login login;
    private final AwsSession session;
    private final Sts sts;
    private final Service service;
    private final Surroundings surroundings;

    IdentityCheck(
            Login login, AwsSession session, Sts sts, Surroundings surroundings, AwsProvider spec) {
        this.login = login;
        this.session = session;
        this.sts = sts;
        this.surroundings = surroundings;
        this.service =
                spec.service().equals("ParameterStore")
                        ? Service.PARAMETER_STORE
                        : Service.SECRETS_MANAGER;
    }

    StoreHealth health() throws InterruptedException {
        // A login is itself a check, and an identity that is held may have been withdrawn since.
        ReadOutcome<Held> identity = session.renewed();
        if (!(identity instanceof ReadOutcome.Found<Held>(Held held))) {
            return new StoreHealth.Unusable(Outcomes.reason(identity));
        }
        return login.isChecked() || isElsewhere()
                ? new StoreHealth.Valid()
                : asked(held.credentials());
    }

    private StoreHealth asked(AwsCredentials credentials) throws InterruptedException {
        return switch (sts.whoIs(credentials)) {
            case ReadOutcome.Found<String> known -> new StoreHealth.Valid();
            case ReadOutcome.Unavailable<String>(String reason, var retryAfter) ->
                    new StoreHealth.Unknown("the credentials could not be checked: " + reason);
            case ReadOutcome<String> refused -> new StoreHealth.Unusable(Outcomes.reason(refused));
        };
    }

    /** Real STS knows nothing of the identities of a service that was put in its place. */
    private boolean isElsewhere() {
        return surroundings.endpoint(service).isPresent()
                && surroundings.endpoint(Service.STS).isEmpty();
    }
}
