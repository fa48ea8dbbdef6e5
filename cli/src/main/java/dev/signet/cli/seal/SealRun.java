package dev.signet.cli.seal;

import dev.signet.cli.manifest.Manifest;
import dev.signet.cli.manifest.ManifestException;
import dev.signet.cli.manifest.Manifests;
import dev.signet.cli.manifest.SealedManifest;
import dev.signet.cli.manifest.SecretManifest;
import dev.signet.provider.SecretValue;
import dev.signet.sealed.Scope;
import dev.signet.sealed.SealingCertificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One run of the command, in kubeseal's order: what is asked for first wins. */
final class SealRun {

    private final SealContext context;
    private final FlagValues flags;
    private final ClusterSettings settings;
    private final SealInput input;

    SealRun(SealContext context, FlagValues flags) {
        this.context = context;
        this.flags = flags;
        this.settings = new ClusterSettings(flags, context.environment());
        this.input = new SealInput(context, flags);
    }

    void run() throws SealException, ManifestException, InterruptedException {
        if (!flags.all(SealFlags.FROM_FILE).isEmpty() && !flags.on(SealFlags.RAW)) {
            throw new SealException("--from-file requires --raw");
        }
        input.open();
        SealOutput output = SealOutput.of(context, flags);
        if (flags.on(SealFlags.RECOVERY_UNSEAL)) {
            new Recovery(context, flags).unseal(input.bytes(), output);
        } else if (flags.on(SealFlags.VALIDATE)) {
            validate();
        } else if (flags.on(Flag.RE_ENCRYPT)) {
            reEncrypt(output);
        } else {
            seal(output);
        }
    }

    private void seal(SealOutput output)
            throws SealException, ManifestException, InterruptedException {
        if (!flags.text(SealFlags.CERT).isEmpty()) {
            seal(CertificateSource.at(flags.text(SealFlags.CERT), context.environment()), output);
            return;
        }
        try (Controller controller = Controller.of(flags, settings)) {
            seal(controller, output);
        }
    }

    private void seal(CertificateSource source, SealOutput output)
            throws SealException, ManifestException, InterruptedException {
        if (flags.on(SealFlags.FETCH_CERT)) {
            output.add(source.pem());
            output.finish();
            return;
        }
        SealingCertificate certificate = source.certificate(context.clock());
        SecretSealer sealer = new SecretSealer(certificate, context.random());
        if (!flags.text(SealFlags.MERGE_INTO).isEmpty()) {
            new MergeInto(flags, settings, sealer).merge(input.secrets());
        } else if (flags.on(SealFlags.RAW)) {
            output.add(raw(sealer));
            output.finish();
        } else {
            sealAll(sealer, output);
        }
    }

    private void sealAll(SecretSealer sealer, SealOutput output)
            throws SealException, ManifestException {
        SecretRules rules = new SecretRules(flags, settings);
        List<SecretManifest> secrets = input.secrets();
        for (SecretManifest secret : secrets) {
            SecretManifest ready = rules.apply(secret, flags.text(SealFlags.NAME), "");
            try {
                output.add(sealer.seal(ready));
            } finally {
                ready.wipe();
            }
        }
        output.finish();
    }

    private String raw(SecretSealer sealer) throws SealException {
        Scope scope = Scope.ofWord(flags.text(SealFlags.SCOPE)).orElse(Scope.STRICT);
        String name = flags.text(SealFlags.NAME);
        String namespace = scope == Scope.CLUSTER_WIDE ? "" : settings.namespace();
        if (scope == Scope.STRICT && name.isEmpty()) {
            throw new SealException(
                    "must provide the --name flag with --raw and --scope " + scope.word());
        }
        byte[] bytes = input.rawValue();
        SecretValue value = SecretValue.of(bytes);
        Arrays.fill(bytes, (byte) 0);
        try {
            return sealer.seal(value, scope, namespace, name);
        } finally {
            value.wipe();
        }
    }

    private void validate() throws SealException, InterruptedException {
        try (Controller controller = Controller.of(flags, settings)) {
            controller.validate(
                    () -> sealedManifests(input.manifests(), "unable to decrypt sealed secret"));
        }
    }

    private void reEncrypt(SealOutput output) throws SealException, InterruptedException {
        try (Controller controller = Controller.of(flags, settings)) {
            controller.reEncrypt(() -> sealedManifests(toReEncrypt(output), ""), output::add);
            output.finish();
        }
    }

    // What is passed over elsewhere would be gone where the result takes the place of the input.
    private Manifests toReEncrypt(SealOutput output) throws SealException {
        Manifests read = input.manifests();
        if (output.isAt(flags.text(SealFlags.INPUT))
                && (read.documents().isEmpty() || !read.problems().isEmpty())) {
            throw new SealException(
                    "%s stays as it is: %s"
                            .formatted(
                                    flags.text(SealFlags.INPUT),
                                    read.problems().isEmpty()
                                            ? "there is no sealed Secret in it"
                                            : "what cannot be read in it would be lost"));
        }
        return read;
    }

    private List<SealedManifest> sealedManifests(Manifests read, String otherwise)
            throws SealException {
        List<SealedManifest> sealed = new ArrayList<>();
        for (Manifest manifest : read.documents()) {
            try {
                sealed.add(SealedManifest.lenient(manifest));
            } catch (ManifestException e) {
                throw new SealException(
                        otherwise.isEmpty() ? String.valueOf(e.getMessage()) : otherwise);
            }
        }
        if (sealed.isEmpty()) {
            String nothing = "there is no sealed Secret in the input";
            if (!context.isKubeseal()) {
                throw new SealException(nothing);
            }
            context.err().println("warning: " + nothing);
        }
        return sealed;
    }
}
