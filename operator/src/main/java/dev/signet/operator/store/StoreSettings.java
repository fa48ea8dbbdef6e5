package dev.signet.operator.store;

import java.time.Duration;

/**
 * How stores are served.
 *
 * @param controllerClass stores that name another class are left to others
 * @param requeueInterval how long until a store is validated again, unless it says otherwise
 */
public record StoreSettings(String controllerClass, Duration requeueInterval) {

    /** Whether a store that names this class is ours; one that names none is everybody's. */
    public boolean serves(String controller) {
        return controller.isEmpty() || controller.equals(controllerClass);
    }
}
