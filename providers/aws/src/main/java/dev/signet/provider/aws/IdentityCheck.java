package dev.signet.provider.aws;

import dev.signet.api.store.AwsProvider;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.StoreHealth;
import java.time.Clock;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/** Whether AWS accepts a store's identity, found out without any permission. */
final class IdentityCheck {

    /** How long a login that a service has taken part in is a check by itself. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final Login login;
    private final AwsSession session;
    private final Sts sts;
    private final Clock clock;
    private final boolean elsewhere;

    IdentityCheck(
            AwsProvider spec,
            Login login,
            AwsSession session,
            Sts sts,
            Surroundings surroundings,
            Clock clock) {
        this.login = login;
        this.session = session;
        this.sts = sts;
        this.clock = clock;
        Service service =
                spec.service().equals("ParameterStore")
                        ? Service.PARAMETER_STORE
                        : Service.SECRETS_MANAGER;
        // Real STS knows nothing of the identities of a service that was put in its place.
        this.elsewhere =
                surroundings.endpoint(service).isPresent()
                        && surroundings.endpoint(Service.STS).isEmpty();
    }

    StoreHealth health() throws InterruptedException {
        ReadOutcome<Held> identity = session.credentials();
        if (!(identity instanceof ReadOutcome.Found<Held>(Held held))) {
            return new StoreHealth.Unusable(Outcomes.reason(identity));
        }
        boolean fresh = clock.instant().isBefore(held.from().plus(FRESH));
        if (elsewhere || (login.isChecked() && fresh)) {
            return new StoreHealth.Valid();
        }
        StoreHealth health = asked(held.credentials());
        if (!(health instanceof StoreHealth.Unusable)) {
            return health;
        }
        ReadOutcome<Held> next = session.afterRefusal(held);
        return next instanceof ReadOutcome.Found<Held>(Held other)
                        && other.generation() != held.generation()
                ? asked(other.credentials())
                : health;
    }

    private StoreHealth asked(AwsCredentials credentials) throws InterruptedException {
        return switch (sts.whoIs(credentials)) {
            case ReadOutcome.Found<String> known -> new StoreHealth.Valid();
            case ReadOutcome.Unavailable<String>(String reason, var retryAfter) ->
                    new StoreHealth.Unknown("the credentials could not be checked: " + reason);
            case ReadOutcome<String> refused -> new StoreHealth.Unusable(Outcomes.reason(refused));
        };
    }
}
