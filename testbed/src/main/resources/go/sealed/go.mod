module dev.signet/testbed/sealed

go 1.26.8

require github.com/bitnami/sealed-secrets v0.40.0

replace github.com/bitnami/sealed-secrets => github.com/bitnami-labs/sealed-secrets v0.40.0
