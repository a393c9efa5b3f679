package tenon.make.link;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tenon.types.core.FuncType;
import tenon.wasm.BinaryWriter;

/**
 * The table in which {@code dlopen} and {@code dlsym} look: libraries by name, and of each its symbols by name. It stands in memory from
 * {@code memoryBase}; functions stand in the function table from {@code tableBase}. All numbers have 32 bits:
 *
 * <pre>
 * library:  length of name, address of name, number of symbols, address of symbols
 * symbol:   length of name, address of name, index in the function table or address of the variable
 * root:     number of libraries, address of libraries
 * </pre>
 *
 * <p>Confined to one run.
 */
final class Openables {
    final int tableBase;
    final int memoryBase;

    /** Functions that go to the function table, in order. */
    final List<Function> functions = new ArrayList<>();

    /** Where addresses of variables are to be stored. */
    final List<Variable> variables = new ArrayList<>();

    /** Address of the root. */
    int root;

    private final BinaryWriter table = new BinaryWriter();

    record Function(LinkedLibrary library, String name, FuncType type) {}

    record Variable(LinkedLibrary library, String name, int address) {}

    /** {@code value} is an index of the function table, or below 0 for a variable. */
    private record Entry(Symbol symbol, int nameAddress, int value) {}

    private record Library(LinkedLibrary library, int nameAddress, int count, int symbols) {}

    Openables(int tableBase, int memoryBase, List<LinkedLibrary> libraries) {
        this.tableBase = tableBase;
        this.memoryBase = memoryBase;
        var written = new ArrayList<Library>();
        for (LinkedLibrary library : libraries) {
            if (library.openable) {
                written.add(write(library));
            }
        }
        written.sort(Comparator.comparing(each -> each.library().name));
        int start = here();
        for (Library each : written) {
            table.writeFixed32(length(each.library().name))
                    .writeFixed32(each.nameAddress())
                    .writeFixed32(each.count())
                    .writeFixed32(each.symbols());
        }
        root = here();
        table.writeFixed32(written.size()).writeFixed32(start);
    }

    byte[] bytes() {
        return table.toByteArray();
    }

    private int here() {
        return memoryBase + table.size();
    }

    private static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Writes a name, filled up to a multiple of four bytes; gives its address. */
    private int write(String text) {
        int address = here();
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        table.write(utf8);
        for (int i = utf8.length; i % 4 != 0; i++) {
            table.writeByte(0);
        }
        return address;
    }

    private Library write(LinkedLibrary library) {
        int nameAddress = write(library.name);
        var entries = new ArrayList<Entry>();
        for (Symbol symbol : library.exports.values()) {
            int address = write(symbol.name());
            switch (symbol.type()) {
                case Symbol.Type.Function(FuncType type) -> {
                    entries.add(new Entry(symbol, address, tableBase + functions.size()));
                    functions.add(new Function(library, symbol.name(), type));
                }
                case Symbol.Type.Global _ -> entries.add(new Entry(symbol, address, -1));
                // nobody asks for a tag by name
                case Symbol.Type.Tag _ -> {}
            }
        }
        int start = here();
        for (Entry entry : entries) {
            table.writeFixed32(length(entry.symbol().name())).writeFixed32(entry.nameAddress());
            if (entry.value() < 0) {
                variables.add(new Variable(library, entry.symbol().name(), here()));
            }
            table.writeFixed32(Math.max(entry.value(), 0));
        }
        return new Library(library, nameAddress, library.exports.size(), start);
    }
}
