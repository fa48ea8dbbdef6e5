package dev.signet.cli.seal.dir;

import dev.signet.sealed.Scope;
import dev.signet.sealed.SealingCertificate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the command line would say, said by a test. */
final class GivenMeans implements FileSealer.Means {

    @Nullable SealingCertificate certificate;
    @Nullable SealingCertificate atHand;
    String namespace = "assumed";
    String demanded = "";
    Scope scope = Scope.STRICT;
    int asked;

    @Override
    public SealingCertificate certificate() {
        asked++;
        SealingCertificate given = certificate;
        if (given == null) {
            throw new AssertionError("no certificate was given");
        }
        return given;
    }

    @Override
    public Optional<SealingCertificate> certificateAtHand() {
        return Optional.ofNullable(atHand);
    }

    @Override
    public String namespace() {
        return namespace;
    }

    @Override
    public String demandedNamespace() {
        return demanded;
    }

    @Override
    public Scope scope() {
        return scope;
    }
}
