package tenon.make.prune;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import tenon.make.MakeException;
import tenon.types.core.FuncType;
import tenon.types.core.HeapType;
import tenon.types.core.RefType;
import tenon.types.core.ValType;
import tenon.wasm.InstructionReader;
import tenon.wasm.Module;
import tenon.wasm.Opcode;

/** What of a module its exports stand on. Confined to one run. */
final class Liveness {
    final BitSet types = new BitSet();
    final BitSet functions = new BitSet();
    final BitSet tables = new BitSet();
    final BitSet memories = new BitSet();
    final BitSet globals = new BitSet();

    private final Module module;
    private final Deque<Integer> bodies = new ArrayDeque<>();

    private Liveness(Module module) {
        this.module = module;
    }

    static Liveness of(Module module, Collection<Module.Export> exports) {
        var live = new Liveness(module);
        for (Module.Export export : exports) {
            switch (export.kind()) {
                case FUNCTION -> live.function(export.index());
                case TABLE -> live.tables.set(export.index());
                case MEMORY -> live.memories.set(export.index());
                case GLOBAL -> live.global(export.index());
                case TAG -> throw new MakeException("export `" + export.name() + "` is a tag, which no adapter has");
            }
        }
        while (!live.bodies.isEmpty()) {
            live.body(live.bodies.pop());
        }
        return live;
    }

    private void function(int index) {
        if (!functions.get(index)) {
            functions.set(index);
            type(module.spaces().functions().get(index));
            if (index >= module.importedFunctions()) {
                bodies.push(index - module.importedFunctions());
            }
        }
    }

    private void body(int defined) {
        Module.Code code = module.code().get(defined);
        code.locals().forEach(run -> valType(run.type()));
        scan(InstructionReader.of(module, code));
    }

    private void global(int index) {
        if (!globals.get(index)) {
            globals.set(index);
            int imported = module.spaces().globals().size() - module.globals().size();
            if (index >= imported) {
                scan(InstructionReader.of(
                        module, module.globals().get(index - imported).init()));
            }
        }
    }

    private void type(int index) {
        if (!types.get(index)) {
            types.set(index);
            if (module.compositeType(index) instanceof FuncType type) {
                type.params().forEach(this::valType);
                type.results().forEach(this::valType);
            } else {
                throw new MakeException("type " + index + " is no function type, others have no place in an adapter");
            }
        }
    }

    private void valType(ValType type) {
        if (type instanceof RefType ref) {
            heapType(ref.heap());
        }
    }

    private void heapType(HeapType type) {
        if (type instanceof HeapType.Defined(int index)) {
            type(index);
        }
    }

    private void scan(InstructionReader in) {
        while (in.hasNext()) {
            Opcode opcode = in.next();
            switch (opcode.immediate()) {
                case FUNC -> function(in.index());
                case GLOBAL -> global(in.index());
                case TYPE -> type(in.index());
                case TYPE_TABLE -> {
                    type(in.index());
                    tables.set(in.secondIndex());
                }
                case TABLE -> tables.set(in.index());
                case TABLE_TABLE -> {
                    tables.set(in.index());
                    tables.set(in.secondIndex());
                }
                case ELEM_TABLE -> tables.set(in.secondIndex());
                case MEMARG, MEMORY -> memories.set(in.index());
                case MEMORY_MEMORY -> {
                    memories.set(in.index());
                    memories.set(in.secondIndex());
                }
                case DATA_MEMORY -> memories.set(in.secondIndex());
                case BLOCK, TRY_TABLE -> block(in);
                case TYPES -> in.types().forEach(this::valType);
                case HEAP -> heapType(in.heapType());
                case NONE, LABEL, LABELS, LOCAL, TAG, DATA, ELEM, I32, I64, F32, F64 -> {}
            }
        }
    }

    private void block(InstructionReader in) {
        if (in.blockType() >= 0) {
            type(in.blockType());
        } else if (in.blockType() == InstructionReader.BLOCK_VALUE) {
            valType(in.blockValue());
        }
    }

    /** The indices of a set, in order. */
    static List<Integer> each(BitSet set) {
        return set.stream().boxed().toList();
    }
}
