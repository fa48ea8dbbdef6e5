package dev.signet.provider.aws;

import dev.signet.provider.Reference;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretValue;
import dev.signet.provider.contract.ContractReferences;
import dev.signet.provider.contract.Rotation;
import dev.signet.provider.contract.Trouble;
import dev.signet.testbed.Fault;
import dev.signet.testbed.FaultProxy;
import java.net.URI;
import java.util.Map;

/** An emulator's other side: sessions with it that are refused, kept waiting, or rotated. */
final class Troubles implements AutoCloseable {

    private static final Reference ID = new Reference.SecretKey("", "aws", "id");
    private static final Reference KEY = new Reference.SecretKey("", "aws", "key");

    private final URI emulator;
    private final FaultProxy proxy;

    Troubles(URI emulator) {
        this.emulator = emulator;
        this.proxy = FaultProxy.before(emulator, "");
    }

    SecretClient open(Specs spec, Trouble trouble) {
        proxy.mend();
        return switch (trouble) {
            case DENIED -> through(spec, Fault.json(400, "{\"__type\":\"AccessDeniedException\"}"));
            case BUSY -> through(spec, Fault.json(400, "{\"__type\":\"ThrottlingException\"}"));
            case SILENT -> through(spec, new Fault.Silence());
            case UNREACHABLE -> {
                FaultProxy gone = FaultProxy.before(emulator, "");
                gone.close();
                yield open(spec, gone.address(), keys("AKIAFIRST"));
            }
        };
    }

    private SecretClient through(Specs spec, Fault fault) {
        proxy.add(request -> true, fault);
        return open(spec, proxy.address(), keys("AKIAFIRST"));
    }

    /** The emulators believe every key, so it is the proxy that refuses the old one. */
    Rotation openRotating(Specs spec) {
        proxy.mend();
        ContractReferences references = keys("AKIAFIRST");
        return Rotation.of(
                open(spec, proxy.address(), references),
                () -> {
                    references.put(ID, SecretValue.ofUtf8("AKIASECOND"));
                    references.put(KEY, SecretValue.ofUtf8("key-of-AKIASECOND"));
                    proxy.add(
                            request -> request.accessKey().equals("AKIAFIRST"),
                            Fault.json(400, "{\"__type\":\"UnrecognizedClientException\"}"));
                });
    }

    private static ContractReferences keys(String id) {
        return new ContractReferences(
                Map.of(ID, SecretValue.ofUtf8(id), KEY, SecretValue.ofUtf8("key-of-" + id)));
    }

    private static SecretClient open(Specs spec, URI address, ContractReferences references) {
        return Fixture.at(address).open(spec, references);
    }

    @Override
    public void close() {
        proxy.close();
    }
}
