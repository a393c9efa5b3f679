package tenon.make.link;

import java.util.List;
import java.util.OptionalLong;
import tenon.make.MakeException;
import tenon.make.ModuleRef;
import tenon.make.component.Fixup;
import tenon.types.core.FuncType;
import tenon.types.core.GlobalType;
import tenon.types.core.HeapType;
import tenon.types.core.Limits;
import tenon.types.core.MemoryType;
import tenon.types.core.NumType;
import tenon.types.core.RefType;
import tenon.types.core.TableType;

/**
 * What happens once all libraries are instantiated: addresses are filled in, relocations applied, functions put into the table, then
 * constructors run.
 */
record LinkTime(Resolved resolved, MainModule main, List<Resolved.Indirect> indirect, Fixup fixup) {
    private static final FuncType THUNK = new FuncType(List.of(), List.of());

    private static Fixup.Source source(LinkedLibrary library) {
        return new Fixup.Source.Instance(ModuleRef.of(library.name));
    }

    void add() {
        fixup.type(THUNK);
        fixup.memory(
                Fixup.Source.MAIN,
                LinkedLibrary.MEMORY,
                new MemoryType(new Limits(Limits.AddressType.I32, 0, OptionalLong.empty())));
        int table = fixup.table(
                Fixup.Source.MAIN,
                LinkedLibrary.TABLE,
                new TableType(
                        new Limits(Limits.AddressType.I32, 0, OptionalLong.empty()),
                        new RefType(true, HeapType.Abstract.FUNC)));
        for (Openables.Variable variable : main.openables.variables) {
            fixup.storeAddress(
                    base(variable.library()), offset(variable.library(), variable.name()), variable.address());
        }
        resolved.libraries.forEach(this::addresses);
        for (LinkedLibrary library : resolved.libraries) {
            if (library.has(LinkedLibrary.APPLY_DATA_RELOCS)) {
                fixup.callFirst(fixup.function(source(library), LinkedLibrary.APPLY_DATA_RELOCS, THUNK));
            }
        }
        resolved.libraries.forEach(this::constructors);
        List<Integer> opened = main.openables.functions.stream()
                .map(each -> fixup.function(source(each.library()), each.name(), each.type()))
                .toList();
        List<Integer> called = indirect.stream()
                .map(each -> fixup.function(source(resolved.libraries.get(each.exporter())), each.name(), each.type()))
                .toList();
        if (main.threadData.libraries != 0) {
            resolved.libraries.forEach(this::threadData);
        }
        fixup.fillTable(table, main.openables.tableBase, opened);
        fixup.fillTable(table, main.indirectBase, called);
        fixup.fillMemory(main.openables.memoryBase, main.openables.bytes());
        if (main.threadData.structureBytes().length > 0) {
            fixup.fillMemory(main.threadData.structure, main.threadData.structureBytes());
        }
    }

    private int base(LinkedLibrary library) {
        return fixup.global(Fixup.Source.MAIN, library.name + ":memory_base", new GlobalType(NumType.I32, false));
    }

    private int offset(LinkedLibrary library, String name) {
        return fixup.global(source(library), name, new GlobalType(NumType.I32, false));
    }

    private void addresses(LinkedLibrary library) {
        for (String name : library.addresses) {
            LinkedLibrary exporter = resolved.libraries.get(resolved.addressExporter(name));
            int base = base(exporter);
            int offset = offset(exporter, name);
            int address = fixup.global(Fixup.Source.MAIN, library.name + ":" + name, new GlobalType(NumType.I32, true));
            fixup.setAddress(base, offset, address);
        }
    }

    private void constructors(LinkedLibrary library) {
        boolean constructors = library.has(LinkedLibrary.CALL_CTORS);
        boolean initialize = library.has(LinkedLibrary.INITIALIZE);
        if (constructors && initialize) {
            throw new MakeException("library `" + library.name + "` exports both `" + LinkedLibrary.CALL_CTORS
                    + "` and `" + LinkedLibrary.INITIALIZE + "`, expected one at most");
        }
        if (constructors || initialize) {
            String name = constructors ? LinkedLibrary.CALL_CTORS : LinkedLibrary.INITIALIZE;
            fixup.call(fixup.function(source(library), name, THUNK));
        }
    }

    private void threadData(LinkedLibrary library) {
        main.threadData.slot(library).ifPresent(slot -> {
            int base = base(library);
            int offset = offset(library, LinkedLibrary.LIBRARY_TLS_INFO);
            fixup.storeAddress(base, offset, main.threadData.libraries + 4 * slot);
        });
    }
}
