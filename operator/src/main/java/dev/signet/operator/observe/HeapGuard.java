package dev.signet.operator.observe;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import javax.management.Notification;
import javax.management.NotificationEmitter;

/**
 * Has the heap collected before it grows far beyond what lives in it.
 *
 * <p>The serial collector fills all that the heap may take before it collects the old generation,
 * and the garbage of a start would stay there for hours. So a collection is asked for when half as
 * much again is used as the last one left. A fleet that grows tenfold costs six of them.
 */
public final class HeapGuard {

    /** Below this a collection frees too little to be worth its pause. */
    static final long LEAST = 28L << 20;

    private static final String SERIAL = "Tenured Gen";

    private final MemoryPoolMXBean pool;

    private HeapGuard(MemoryPoolMXBean pool) {
        this.pool = pool;
    }

    /** Guards the heap of this JVM until it ends; does nothing with another collector. */
    public static void start() {
        if (ManagementFactory.getMemoryMXBean() instanceof NotificationEmitter memory) {
            start(memory);
        }
    }

    private static void start(NotificationEmitter memory) {
        ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getName().equals(SERIAL))
                .filter(MemoryPoolMXBean::isUsageThresholdSupported)
                .findFirst()
                .ifPresent(pool -> {
                    HeapGuard guard = new HeapGuard(pool);
                    guard.watch(0);
                    memory.addNotificationListener(guard::exceeded, null, null);
                });
    }

    /**
     * The use of the old generation at which it is collected.
     *
     * @param live what the last collection left, in bytes
     * @param most the largest that the generation may become, in bytes; -1 for no bound
     */
    static long threshold(long live, long most) {
        long wanted = Math.max(LEAST, live + live / 2);
        return most > 0 ? Math.min(wanted, most) : wanted;
    }

    private void exceeded(Notification notification, Object handback) {
        if (notification.getType().equals(MemoryNotificationInfo.MEMORY_THRESHOLD_EXCEEDED)) {
            System.gc();
            MemoryUsage left = pool.getCollectionUsage();
            watch(left == null ? 0 : left.getUsed());
        }
    }

    private void watch(long live) {
        pool.setUsageThreshold(threshold(live, pool.getUsage().getMax()));
    }
}
