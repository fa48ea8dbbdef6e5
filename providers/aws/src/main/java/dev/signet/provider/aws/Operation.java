package dev.signet.provider.aws;

/**
 * The calls that are made.
 *
 * <p>Their names are those that External Secrets counts them by, and IAM's for the permission.
 */
enum Operation {
    GET_SECRET_VALUE(Service.SECRETS_MANAGER, "GetSecretValue", "secretsmanager:GetSecretValue"),
    BATCH_GET_SECRET_VALUE(
            Service.SECRETS_MANAGER, "BatchGetSecretValue", "secretsmanager:BatchGetSecretValue"),
    DESCRIBE_SECRET(Service.SECRETS_MANAGER, "DescribeSecret", "secretsmanager:DescribeSecret"),
    LIST_SECRETS(Service.SECRETS_MANAGER, "ListSecrets", "secretsmanager:ListSecrets"),
    GET_PARAMETER(Service.PARAMETER_STORE, "GetParameter", "ssm:GetParameter"),
    GET_PARAMETERS(Service.PARAMETER_STORE, "GetParameters", "ssm:GetParameters"),
    GET_PARAMETERS_BY_PATH(
            Service.PARAMETER_STORE, "GetParametersByPath", "ssm:GetParametersByPath"),
    DESCRIBE_PARAMETERS(Service.PARAMETER_STORE, "DescribeParameter", "ssm:DescribeParameters"),
    LIST_TAGS(Service.PARAMETER_STORE, "ListTagsForResource", "ssm:ListTagsForResource"),
    ASSUME_ROLE(Service.STS, "AssumeRole", "sts:AssumeRole"),
    ASSUME_ROLE_WITH_WEB_IDENTITY(
            Service.STS, "AssumeRoleWithWebIdentity", "sts:AssumeRoleWithWebIdentity"),
    GET_CALLER_IDENTITY(Service.STS, "GetCallerIdentity", "sts:GetCallerIdentity");

    private final Service service;
    private final String label;
    private final String permission;

    Operation(Service service, String label, String permission) {
        this.service = service;
        this.label = label;
        this.permission = permission;
    }

    Service service() {
        return service;
    }

    /** The label value of the call in metrics. */
    String label() {
        return label;
    }

    /** The IAM action that must be allowed. */
    String permission() {
        return permission;
    }
}
