package dev.signet.testbed;

/** Which kind of vault to start. */
final class VaultChoice {

    private static final String IMAGE = "hashicorp/vault:1.21";

    private VaultChoice() {}

    static VaultServer start(Binaries binaries) {
        return switch (binaries.env("SIGNET_VAULT")) {
            case "docker" -> container(binaries);
            case "", "bao" -> baoElseContainer(binaries);
            default ->
                    throw new TestbedException(
                            "SIGNET_VAULT must be 'bao' or 'docker', not '"
                                    + binaries.env("SIGNET_VAULT")
                                    + "'");
        };
    }

    private static VaultServer baoElseContainer(Binaries binaries) {
        try {
            binaries.bao();
        } catch (TestbedException noBao) {
            if (!hasTestcontainers() || !VaultContainer.engineAnswers()) {
                throw noBao;
            }
            binaries.progress().line("no OpenBao is at hand, using Docker: " + noBao.getMessage());
            return container(binaries);
        }
        return OpenBao.builder(binaries).start();
    }

    private static VaultServer container(Binaries binaries) {
        if (!hasTestcontainers()) {
            throw new TestbedException(
                    "a vault in Docker needs org.testcontainers:testcontainers on the class path");
        }
        if (!VaultContainer.engineAnswers()) {
            throw new TestbedException("a vault in Docker is asked for, but no Docker answers");
        }
        String image = binaries.env("SIGNET_VAULT_IMAGE");
        return VaultContainer.start(image.isEmpty() ? IMAGE : image);
    }

    private static boolean hasTestcontainers() {
        try {
            Class.forName(
                    "org.testcontainers.DockerClientFactory",
                    false,
                    VaultChoice.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }
}
