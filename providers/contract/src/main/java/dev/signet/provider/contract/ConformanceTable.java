package dev.signet.provider.contract;

import dev.signet.provider.contract.ConformanceColumn.Cell;
import dev.signet.provider.contract.ConformanceColumn.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** How each backend stood each case of the contract, as last run. */
public final class ConformanceTable {

    private final List<ConformanceColumn> columns;

    private ConformanceTable(List<ConformanceColumn> columns) {
        this.columns = columns;
    }

    /** The table of these files, which runs of the contract left in {@code target/conformance}. */
    public static ConformanceTable of(Collection<Path> files) throws IOException {
        List<ConformanceColumn> columns = new ArrayList<>();
        for (Path file : files) {
            columns.add(ConformanceColumn.readFrom(file));
        }
        columns.sort(Comparator.comparing(ConformanceColumn::name));
        return new ConformanceTable(columns);
    }

    /** The names of the backends, in order. */
    public List<String> names() {
        return columns.stream().map(ConformanceColumn::name).toList();
    }

    /**
     * The table in Markdown, a row for each case, with numbered notes below; lines end with a line
     * feed.
     */
    public String markdown() {
        StringBuilder out = new StringBuilder("| Case |");
        names().forEach(name -> out.append(' ').append(name).append(" |"));
        out.append("\n|---|").append("---|".repeat(columns.size())).append('\n');
        List<String> notes = new ArrayList<>();
        for (ContractCase one : ContractCase.values()) {
            out.append("| ").append(one.text()).append(" |");
            for (ConformanceColumn column : columns) {
                out.append(' ').append(cell(column, one, notes)).append(" |");
            }
            out.append('\n');
        }
        for (int i = 0; i < notes.size(); i++) {
            out.append(i == 0 ? "\n" : "").append(i + 1).append(". ");
            out.append(notes.get(i)).append(".\n");
        }
        return out.toString();
    }

    private static String cell(ConformanceColumn column, ContractCase one, List<String> notes) {
        Cell cell = column.cells().getOrDefault(one, new Cell(Verdict.NOT_RUN, ""));
        if (cell.note().isEmpty()) {
            return cell.verdict().mark();
        }
        String note = Character.toUpperCase(cell.note().charAt(0)) + cell.note().substring(1);
        if (!notes.contains(note)) {
            notes.add(note);
        }
        return cell.verdict().mark() + " (" + (notes.indexOf(note) + 1) + ")";
    }
}
