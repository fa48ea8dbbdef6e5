package dev.signet.provider.aws;

/** The services that are called: as External Secrets counts, names and redirects them. */
enum Service {
    SECRETS_MANAGER("AWS/SecretsManager", "Secrets Manager", "AWS_SECRETSMANAGER_ENDPOINT"),
    PARAMETER_STORE("AWS/ParameterStore", "Parameter Store", "AWS_SSM_ENDPOINT"),
    STS("AWS/STS", "AWS STS", "AWS_STS_ENDPOINT");

    private final String metric;
    private final String shown;
    private final String endpointVariable;

    Service(String metric, String shown, String endpointVariable) {
        this.metric = metric;
        this.shown = shown;
        this.endpointVariable = endpointVariable;
    }

    /** The label value of the provider in metrics. */
    String metric() {
        return metric;
    }

    /** How messages name it. */
    String shown() {
        return shown;
    }

    /** The environment variable with another endpoint. */
    String endpointVariable() {
        return endpointVariable;
    }
}
