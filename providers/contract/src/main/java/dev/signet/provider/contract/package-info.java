/**
 * What every provider must do alike, as tests: a provider's test class implements {@link
 * dev.signet.provider.contract.ProviderContract} and gives it a backend.
 */
@NullMarked
package dev.signet.provider.contract;

import org.jspecify.annotations.NullMarked;
