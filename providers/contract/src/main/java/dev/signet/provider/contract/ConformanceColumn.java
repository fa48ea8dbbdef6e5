package dev.signet.provider.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How one backend stood the contract.
 *
 * @param name the backend's
 * @param cells by case; each case has one
 */
record ConformanceColumn(String name, Map<ContractCase, Cell> cells) {

    private static final String SEPARATOR = "\t";

    ConformanceColumn {
        cells = Map.copyOf(cells);
    }

    /** How a case went. */
    enum Verdict {
        PASSED("✓"),
        LACKING("–"),
        FAILED("✗"),
        NOT_RUN("?");

        private final String mark;

        Verdict(String mark) {
            this.mark = mark;
        }

        String mark() {
            return mark;
        }
    }

    /**
     * One case.
     *
     * @param note a clause; may be empty
     */
    record Cell(Verdict verdict, String note) {}

    /** Puts it into a file of its own in this folder, in place of an older one. */
    void writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        StringBuilder out = new StringBuilder(name).append('\n');
        for (ContractCase one : ContractCase.values()) {
            Cell cell = cells.getOrDefault(one, new Cell(Verdict.NOT_RUN, ""));
            out.append(one.name()).append(SEPARATOR).append(cell.verdict());
            out.append(SEPARATOR).append(cell.note()).append('\n');
        }
        String file = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + ".txt";
        Files.writeString(folder.resolve(file), out.toString());
    }

    /** What {@link #writeTo} has written. */
    static ConformanceColumn readFrom(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        Map<ContractCase, Cell> cells = new EnumMap<>(ContractCase.class);
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(SEPARATOR, -1);
            cells.put(
                    ContractCase.valueOf(fields[0]),
                    new Cell(Verdict.valueOf(fields[1]), fields[2]));
        }
        return new ConformanceColumn(lines.getFirst(), cells);
    }
}
