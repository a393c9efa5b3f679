package tenon.wasm;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import tenon.types.InvalidException;
import tenon.types.MalformedException;
import tenon.types.TenonException;
import tenon.types.UnsupportedException;
import tenon.types.core.ExternType;
import tenon.types.core.FuncTypeUse;
import tenon.types.core.GlobalType;
import tenon.types.core.Limits;
import tenon.types.core.MemoryType;
import tenon.types.core.RefType;
import tenon.types.core.TableType;
import tenon.types.core.TagType;

/**
 * Holds a decoded module against WebAssembly 3.0, section "Validation / Modules". Errors carry the offset of what is to
 * blame and begin with the words of the specification's own tests.
 */
public final class ModuleValidator {
    private final Module module;
    private final Features features;
    private final TypeSpace types;
    private final Context context;
    private final BodyValidator bodies;

    private ModuleValidator(Module module, Features features) {
        this.module = module;
        this.features = features;
        this.types = new TypeSpace(module, features);
        this.context = new Context(module, features, types);
        this.bodies = new BodyValidator(context);
    }

    /** Validates with {@link Features#STANDARD}; errors as {@link #validate(Module, Features)}. */
    public static void validate(Module module) {
        validate(module, Features.STANDARD);
    }

    /**
     * Validates a module.
     *
     * @throws InvalidException if it breaks a rule, or uses a feature that is not on
     * @throws UnsupportedException if it uses what Tenon does not have
     */
    public static void validate(Module module, Features features) {
        new ModuleValidator(module, features).module();
    }

    /**
     * What is wrong with a module.
     *
     * @param declarations what is wrong first with what stands outside of function bodies; if there is something, bodies were not looked at
     * @param bodies of each function what is wrong first
     */
    public record Findings(List<TenonException> declarations, List<TenonException> bodies) {
        public Findings {
            declarations = List.copyOf(declarations);
            bodies = List.copyOf(bodies);
        }

        /** All of them, in the order of the binary. */
        public List<TenonException> all() {
            return declarations.isEmpty() ? bodies : declarations;
        }
    }

    /** Finds all that is wrong with a module, as far as it can be told. */
    public static Findings find(Module module, Features features) {
        var validator = new ModuleValidator(module, features);
        try {
            validator.declarations();
        } catch (TenonException problem) {
            return new Findings(List.of(problem), List.of());
        }
        var found = new ArrayList<TenonException>();
        for (int i = 0; i < module.code().size(); i++) {
            try {
                validator.bodies.body(i);
            } catch (TenonException problem) {
                found.add(problem);
            }
        }
        return new Findings(List.of(), found);
    }

    private void module() {
        declarations();
        for (int i = 0; i < module.code().size(); i++) {
            bodies.body(i);
        }
    }

    private void declarations() {
        imports();
        tagsAndFunctions();
        memories();
        tables();
        globals();
        dataSegments();
        elementSegments();
        exports();
        start();
    }

    private void imports() {
        int globals = 0;
        int tables = 0;
        int memories = 0;
        for (Module.Import imported : module.imports()) {
            externType(imported.type(), imported.offset());
            switch (imported.type()) {
                case GlobalType _ -> context.knowGlobal(globals++);
                case TableType _ -> {
                    context.knowTable(tables++);
                    oneTable(tables, imported.offset());
                }
                case MemoryType _ -> oneMemory(++memories, imported.offset());
                case FuncTypeUse _, TagType _ -> {}
            }
        }
    }

    private void externType(ExternType type, long at) {
        switch (type) {
            case FuncTypeUse(int typeIndex) -> types.function(typeIndex, at);
            case TableType table -> tableType(table, at);
            case MemoryType memory -> memoryType(memory, at);
            case GlobalType global -> {
                types.checkValue(global.value(), at, features);
                mutableAtBorder(global, at);
            }
            case TagType tag -> tagType(tag, at);
        }
    }

    private void tagsAndFunctions() {
        for (int i = 0; i < module.tags().size(); i++) {
            tagType(module.tags().get(i), module.positions().tags()[i]);
        }
        for (int i = 0; i < module.functions().size(); i++) {
            types.function(module.functions().get(i), module.positions().functions()[i]);
        }
    }

    private void memories() {
        int imported = module.spaces().memories().size() - module.memories().size();
        for (int i = 0; i < module.memories().size(); i++) {
            int at = module.positions().memories()[i];
            memoryType(module.memories().get(i), at);
            oneMemory(imported + i + 1, at);
        }
    }

    private void tables() {
        int imported = module.spaces().tables().size() - module.tables().size();
        for (int i = 0; i < module.tables().size(); i++) {
            Module.Table table = module.tables().get(i);
            int at = module.positions().tables()[i];
            tableType(table.type(), at);
            context.knowTable(imported + i);
            oneTable(imported + i + 1, at);
            if (table.init().isPresent()) {
                int element = types.code(table.type().element(), at);
                bodies.constant(table.init().get(), element, importedGlobals());
            } else if (!table.type().element().nullable()) {
                throw new InvalidException(
                        at,
                        "type mismatch: a table of " + table.type().element().text() + " needs an initial element");
            }
        }
    }

    private void globals() {
        int imported = importedGlobals();
        for (int i = 0; i < module.globals().size(); i++) {
            Module.Global global = module.globals().get(i);
            int at = module.positions().globals()[i];
            types.checkValue(global.type().value(), at, features);
            // a global of its own is constant only since 3.0
            int usable = features.has(Feature.GC) ? imported + i : imported;
            bodies.constant(global.init(), types.code(global.type().value(), at), usable);
            context.knowGlobal(imported + i);
        }
    }

    private int importedGlobals() {
        return module.spaces().globals().size() - module.globals().size();
    }

    /** Globals that segments may use in constant expressions. */
    private int constantGlobals() {
        return features.has(Feature.GC) ? module.spaces().globals().size() : importedGlobals();
    }

    private void dataSegments() {
        for (int i = 0; i < module.data().size(); i++) {
            int at = module.positions().data()[i];
            bulkSegment(module.data().get(i).mode(), at);
            if (module.data().get(i).mode() instanceof Module.Mode.Active(int memory, var offset)) {
                if (Integer.compareUnsigned(memory, module.spaces().memories().size()) >= 0) {
                    throw new InvalidException(at, "unknown memory " + Integer.toUnsignedString(memory));
                }
                Limits limits = module.spaces().memories().get(memory).limits();
                bodies.constant(offset, types.code(limits.address().type(), at), constantGlobals());
            }
        }
    }

    private void elementSegments() {
        for (int i = 0; i < module.elements().size(); i++) {
            Module.ElementSegment segment = module.elements().get(i);
            int at = module.positions().elements()[i];
            bulkSegment(segment.mode(), at);
            types.checkValue(segment.type(), at, functionElements(segment) ? Features.ALL : features);
            int type = types.code(segment.type(), at);
            for (Module.Element element : segment.elements()) {
                switch (element) {
                    case Module.Element.Func(int index) -> context.declare(context.function(index, at));
                    case Module.Element.Expression(var expression) ->
                        bodies.constant(expression, type, constantGlobals());
                }
            }
            if (segment.mode() instanceof Module.Mode.Active(int table, var offset)) {
                activeElements(type, table, offset, at);
            }
        }
    }

    /** The binary gives lists of function indices the type {@code (ref func)}, whatever the features. */
    private static boolean functionElements(Module.ElementSegment segment) {
        return !segment.type().nullable();
    }

    private void activeElements(int type, int table, Module.ConstantExpression offset, int at) {
        if (Integer.compareUnsigned(table, module.spaces().tables().size()) >= 0) {
            throw new InvalidException(at, "unknown table " + Integer.toUnsignedString(table));
        }
        TableType target = module.spaces().tables().get(table);
        int element = types.code(target.element(), at);
        if (!types.matches(type, element)) {
            throw new InvalidException(
                    at,
                    "type mismatch: elements of type " + types.text(type) + " for a table of " + types.text(element));
        }
        bodies.constant(offset, types.code(target.limits().address().type(), at), constantGlobals());
    }

    private void exports() {
        var names = new HashSet<String>();
        for (int i = 0; i < module.exports().size(); i++) {
            Module.Export export = module.exports().get(i);
            int at = module.positions().exports()[i];
            int known = switch (export.kind()) {
                case FUNCTION -> module.spaces().functions().size();
                case TABLE -> module.spaces().tables().size();
                case MEMORY -> module.spaces().memories().size();
                case GLOBAL -> module.spaces().globals().size();
                case TAG -> module.spaces().tags().size();
            };
            if (Integer.compareUnsigned(export.index(), known) >= 0) {
                throw new InvalidException(
                        at, "unknown " + kind(export.kind()) + " " + Integer.toUnsignedString(export.index()));
            }
            if (export.kind() == Module.ExternKind.FUNCTION) {
                context.declare(export.index());
            }
            if (export.kind() == Module.ExternKind.GLOBAL) {
                mutableAtBorder(module.spaces().globals().get(export.index()), at);
            }
            if (!names.add(export.name())) {
                throw new InvalidException(at, "duplicate export name `" + export.name() + "`");
            }
        }
    }

    private static String kind(Module.ExternKind kind) {
        return switch (kind) {
            case FUNCTION -> "function";
            case TABLE -> "table";
            case MEMORY -> "memory";
            case GLOBAL -> "global";
            case TAG -> "tag";
        };
    }

    private void start() {
        if (module.start().isEmpty()) {
            return;
        }
        int at = module.positions().start();
        int function = context.function(module.start().get(), at);
        var type = module.functionType(function);
        if (!type.params().isEmpty() || !type.results().isEmpty()) {
            throw new InvalidException(at, "start function must not have parameters or results, found " + type);
        }
    }

    private void oneMemory(int count, long at) {
        if (count > 1 && !features.has(Feature.MULTI_MEMORY)) {
            throw new InvalidException(at, "multiple memories need the feature " + Feature.MULTI_MEMORY);
        }
    }

    private void oneTable(int count, long at) {
        if (count > 1 && !features.has(Feature.REFERENCE_TYPES)) {
            throw new InvalidException(at, "multiple tables need the feature " + Feature.REFERENCE_TYPES);
        }
    }

    private void mutableAtBorder(GlobalType global, long at) {
        if (global.mutable() && !features.has(Feature.MUTABLE_GLOBAL)) {
            throw new InvalidException(
                    at, "mutable globals that are imported or exported need the feature " + Feature.MUTABLE_GLOBAL);
        }
    }

    /** A segment that no table or memory has needs instructions that are there only with bulk memory. */
    private void bulkSegment(Module.Mode mode, int at) {
        if (!(mode instanceof Module.Mode.Active) && !features.has(Feature.BULK_MEMORY)) {
            throw new InvalidException(
                    at, "segments that are passive or declarative need the feature " + Feature.BULK_MEMORY);
        }
    }

    /** "Memory Types". */
    private void memoryType(MemoryType type, long at) {
        boolean wide = wide(type.limits(), at);
        boolean custom = type.pageSizeLog2() != MemoryType.PAGE_SIZE_LOG2;
        if (custom && !features.has(Feature.CUSTOM_PAGE_SIZES)) {
            // without the proposal the flag that announces the size does not exist
            throw new MalformedException(
                    at, "malformed limits flags: a page size needs the feature " + Feature.CUSTOM_PAGE_SIZES);
        }
        if (custom && type.pageSizeLog2() != 0) {
            throw new InvalidException(
                    at,
                    "invalid custom page size 2^" + type.pageSizeLog2() + ", expected 1 or " + MemoryType.PAGE_SIZE);
        }
        if (type.shared() && !features.has(Feature.THREADS)) {
            throw new InvalidException(at, "shared memories need the feature " + Feature.THREADS);
        }
        if (type.shared() && type.limits().max().isEmpty()) {
            throw new InvalidException(at, "shared memory must have maximum");
        }
        int log2 = (wide ? Long.SIZE : Integer.SIZE) - type.pageSizeLog2();
        limits(
                type.limits(),
                log2 == Long.SIZE ? -1 : 1L << log2,
                wide || custom
                        ? "memory size must be at most 2^" + log2 + " pages"
                        : "memory size must be at most 65536 pages (4GiB)",
                at);
    }

    /** "Table Types". */
    private void tableType(TableType type, long at) {
        if (!type.element().equals(RefType.FUNCREF)) {
            types.checkValue(type.element(), at, features);
        }
        boolean wide = wide(type.limits(), at);
        limits(type.limits(), wide ? -1L : 0xffff_ffffL, "table size must be at most 2^32-1", at);
    }

    private boolean wide(Limits limits, long at) {
        boolean wide = limits.address() == Limits.AddressType.I64;
        if (wide && !features.has(Feature.MEMORY64)) {
            throw new InvalidException(at, "64-bit addresses need the feature " + Feature.MEMORY64);
        }
        return wide;
    }

    /** "Limits". */
    private static void limits(Limits limits, long most, String fact, long at) {
        OptionalLong max = limits.max();
        if (Long.compareUnsigned(limits.min(), most) > 0
                || max.isPresent() && Long.compareUnsigned(max.getAsLong(), most) > 0) {
            throw new InvalidException(at, fact);
        }
        if (max.isPresent() && Long.compareUnsigned(limits.min(), max.getAsLong()) > 0) {
            throw new InvalidException(
                    at,
                    "size minimum must not be greater than maximum: " + Long.toUnsignedString(limits.min()) + " and "
                            + Long.toUnsignedString(max.getAsLong()));
        }
    }

    /** "Tag Types". */
    private void tagType(TagType type, long at) {
        if (!features.has(Feature.EXCEPTIONS)) {
            throw new InvalidException(at, "tags need the feature " + Feature.EXCEPTIONS);
        }
        int function = types.function(type.typeIndex(), at);
        if (types.results(function).length > 0) {
            throw new InvalidException(at, "non-empty tag result type " + types.text(types.results(function)));
        }
    }
}
