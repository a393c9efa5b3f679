package tenon.core.compile;

import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tenon.types.core.FuncType;
import tenon.types.core.GlobalType;
import tenon.wasm.InstructionReader;
import tenon.wasm.Module;

/**
 * Where everything of a module goes in the JVM: classes, names, descriptors. Depends on the module and the options alone.
 * Immutable, thread-safe.
 *
 * <p>Functions are grouped by neighbourhood into classes {@code F0}, {@code F1}, … of about {@code groupBytes} bytes of
 * WebAssembly; a function becomes the static method {@code (params…, Instance) → result}. Two and more results come back
 * in an array: {@code long[]} of their bits, or {@code Object[]} if one is a reference.
 */
public final class ModuleLayout {
    private static final int LONGEST_NAME = 80;

    private final Module module;
    private final CompileOptions options;
    private final SplitLimits limits;
    private final String prefix;
    private final ClassDesc instance;
    private final ClassDesc calls;
    private final boolean splits;
    private final int[] groups;
    private final int[] groupStarts;
    private final boolean[] cells;
    private final @Nullable MethodTypeDesc[] descriptors;
    private final @Nullable Boolean[] tailCalls;

    /** {@code prefix} is the package of the classes, as {@code m0}. */
    public ModuleLayout(Module module, CompileOptions options, SplitLimits limits, String prefix) {
        this.module = module;
        this.options = options;
        this.limits = limits;
        this.prefix = prefix;
        this.instance = ClassDesc.of(prefix + ".Instance");
        this.calls = ClassDesc.of(prefix + ".Calls");
        this.splits = module.code().stream().anyMatch(code -> code.end() - code.start() >= limits.shortestFunction());
        this.groups = new int[module.functions().size()];
        this.groupStarts = group();
        this.cells = cells();
        this.descriptors = new MethodTypeDesc[module.spaces().types().size()];
        this.tailCalls = new Boolean[module.functions().size()];
    }

    private int[] group() {
        var starts = new ArrayList<Integer>();
        long bytes = Long.MAX_VALUE / 2;
        for (int i = 0; i < groups.length; i++) {
            Module.Code code = module.code().get(i);
            int length = code.end() - code.start();
            if (bytes + length > options.groupBytes()) {
                starts.add(i);
                bytes = 0;
            }
            bytes += length;
            groups[i] = starts.size() - 1;
        }
        starts.add(groups.length);
        return starts.stream().mapToInt(Integer::intValue).toArray();
    }

    private boolean[] cells() {
        var shared = new boolean[module.spaces().globals().size()];
        Arrays.fill(shared, 0, importedGlobals(), true);
        for (Module.Export export : module.exports()) {
            if (export.kind() == Module.ExternKind.GLOBAL) {
                shared[export.index()] = true;
            }
        }
        return shared;
    }

    public Module module() {
        return module;
    }

    public CompileOptions options() {
        return options;
    }

    /** From where on functions are split. */
    SplitLimits limits() {
        return limits;
    }

    /** The class of instances. */
    public ClassDesc instance() {
        return instance;
    }

    /** The class of bridges that call through imports, tables and references. */
    public ClassDesc calls() {
        return calls;
    }

    /** A class of frames. */
    ClassDesc frame(String simpleName) {
        return ClassDesc.of(prefix + "." + simpleName);
    }

    /** The class that makes tail calls. */
    ClassDesc tails() {
        return ClassDesc.of(prefix + ".Tails");
    }

    /** Whether a function has instructions that call in place of it. */
    public boolean hasTailCalls(int function) {
        int defined = function - module.importedFunctions();
        if (defined < 0) {
            return false;
        }
        Boolean known = tailCalls[defined];
        if (known == null) {
            known = findTailCall(module.code().get(defined));
            tailCalls[defined] = known;
        }
        return known;
    }

    private boolean findTailCall(Module.Code code) {
        InstructionReader reader = InstructionReader.of(module, code);
        while (reader.hasNext()) {
            switch (reader.next()) {
                case RETURN_CALL, RETURN_CALL_INDIRECT, RETURN_CALL_REF -> {
                    return true;
                }
                default -> {}
            }
        }
        return false;
    }

    /** The method of the body of a function with tail calls. */
    public String bodyMethod(int function) {
        return method(function) + "@body";
    }

    public int importedGlobals() {
        return module.spaces().globals().size() - module.globals().size();
    }

    /** Whether a global lives in a cell that others may hold; else it is a field. */
    public boolean isCell(int global) {
        return cells[global];
    }

    public Kind globalKind(int global) {
        return Kind.of(globalType(global).value());
    }

    GlobalType globalType(int global) {
        return module.spaces().globals().get(global);
    }

    /** Whether instances have {@link Scratch} fields: some function may be split. */
    boolean splits() {
        return splits;
    }

    /** The bridge that calls a {@code CoreFunction} of an imported function's type. */
    public String reference(int function) {
        return CallsClass.reference(module.spaces().functions().get(function));
    }

    /** How many classes of functions there are. */
    public int groups() {
        return groupStarts.length - 1;
    }

    /** First function of a group, in the function index space; that of {@code groups()} is the end. */
    int groupStart(int group) {
        return module.importedFunctions() + groupStarts[group];
    }

    /** The class that holds a function. */
    public ClassDesc owner(int function) {
        return function < module.importedFunctions() ? calls : group(groups[function - module.importedFunctions()]);
    }

    ClassDesc group(int group) {
        return ClassDesc.of(prefix + ".F" + group);
    }

    /** The function's method: its name as far as the JVM allows, {@code #} and its index. */
    public String method(int function) {
        String name = module.names().functions().getOrDefault(function, "");
        var text = new StringBuilder();
        for (int i = 0; i < name.length() && i < LONGEST_NAME; i++) {
            char c = name.charAt(i);
            boolean refused = c < 0x20 || ".;[/<>:".indexOf(c) >= 0 || Character.isSurrogate(c);
            text.append(refused ? '_' : c);
        }
        return text.append('#').append(function).toString();
    }

    /** The type of a function's method: parameters, then the instance. */
    public MethodTypeDesc descriptor(int function) {
        return typeDescriptor(module.spaces().functions().get(function));
    }

    MethodTypeDesc typeDescriptor(int typeIndex) {
        MethodTypeDesc known = descriptors[typeIndex];
        if (known == null) {
            known = descriptor((FuncType) module.compositeType(typeIndex), List.of(instance));
            descriptors[typeIndex] = known;
        }
        return known;
    }

    /** The JVM's type for a function type, with more parameters behind. */
    static MethodTypeDesc descriptor(FuncType type, List<ClassDesc> more) {
        var params = new ArrayList<ClassDesc>();
        for (Kind kind : Kind.of(type.params())) {
            params.add(kind.descriptor());
        }
        params.addAll(more);
        return MethodTypeDesc.of(result(Kind.of(type.results())), params);
    }

    /** What a method returns for results of these kinds. */
    static ClassDesc result(Kind[] results) {
        return switch (results.length) {
            case 0 -> ConstantDescs.CD_void;
            case 1 -> results[0].descriptor();
            default -> MultiValue.array(results);
        };
    }

    /** The function types that indirect calls and calls through references use, as type indices. */
    Set<Integer> functionTypes() {
        var found = new HashSet<Integer>();
        for (int i = 0; i < module.spaces().types().size(); i++) {
            if (module.compositeType(i) instanceof FuncType) {
                found.add(i);
            }
        }
        return found;
    }
}
