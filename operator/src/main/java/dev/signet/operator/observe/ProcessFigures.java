package dev.signet.operator.observe;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The figures of the process that every Prometheus client gives, under their usual names. */
final class ProcessFigures {

    private final Path status;

    ProcessFigures(Path status) {
        this.status = status;
    }

    void write(Exposition out) throws IOException {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        if (system instanceof UnixOperatingSystemMXBean unix) {
            out.family("process_cpu_seconds_total", "counter", "CPU time used, in seconds");
            out.sample(unix.getProcessCpuTime() / 1e9);
            out.family("process_open_fds", "gauge", "Open file descriptors");
            out.sample(unix.getOpenFileDescriptorCount());
            out.family("process_max_fds", "gauge", "The most file descriptors that may be open");
            out.sample(unix.getMaxFileDescriptorCount());
        }
        out.family("process_start_time_seconds", "gauge", "When the process began, in Unix time");
        out.sample(ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3);
        memory(out, "process_resident_memory_bytes", "VmRSS:", "Resident memory, in bytes");
        memory(out, "process_virtual_memory_bytes", "VmSize:", "Virtual memory, in bytes");
    }

    private void memory(Exposition out, String name, String key, String help) throws IOException {
        OptionalLong bytes = bytesOf(key);
        if (bytes.isPresent()) {
            out.family(name, "gauge", help);
            out.sample(bytes.getAsLong());
        }
    }

    /** A figure of the kernel's status file, which exists on Linux only. */
    private OptionalLong bytesOf(String key) {
        try {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith(key)) {
                    String digits = line.replaceAll("\\D", "");
                    return OptionalLong.of(1024 * Long.parseLong(digits));
                }
            }
            return OptionalLong.empty();
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
