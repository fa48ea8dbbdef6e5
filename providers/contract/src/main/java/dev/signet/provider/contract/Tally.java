package dev.signet.provider.contract;

import dev.signet.provider.contract.ConformanceColumn.Cell;
import dev.signet.provider.contract.ConformanceColumn.Verdict;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** How the tests of one backend went so far. Thread-safe. */
final class Tally {

    private final ContractBackend backend;
    private final Map<ContractCase, String> lacks;
    private final Set<ContractCase> passed = ConcurrentHashMap.newKeySet();
    private final Set<ContractCase> failed = ConcurrentHashMap.newKeySet();

    Tally(ContractBackend backend) {
        this.backend = backend;
        this.lacks = backend.lacks();
    }

    boolean lacks(ContractCase one) {
        return lacks.containsKey(one);
    }

    String whyLacking(ContractCase one) {
        return one.text() + ": " + lacks.get(one);
    }

    void add(ContractCase one, boolean success) {
        (success ? passed : failed).add(one);
    }

    ConformanceColumn column() {
        Map<ContractCase, Cell> cells = new EnumMap<>(ContractCase.class);
        for (ContractCase one : ContractCase.values()) {
            cells.put(one, cell(one));
        }
        return new ConformanceColumn(backend.name(), cells);
    }

    private Cell cell(ContractCase one) {
        String why = lacks.get(one);
        if (why != null) {
            return new Cell(Verdict.LACKING, why);
        }
        if (failed.contains(one)) {
            return new Cell(Verdict.FAILED, "");
        }
        return passed.contains(one)
                ? new Cell(Verdict.PASSED, backend.notes().getOrDefault(one, ""))
                : new Cell(Verdict.NOT_RUN, "");
    }
}
