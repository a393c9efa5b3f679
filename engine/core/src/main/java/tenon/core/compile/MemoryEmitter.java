package tenon.core.compile;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;

/**
 * Linear memory. WebAssembly 3.0, "Memory Instructions". The array of each memory that the method touches lies in a slot,
 * loaded where it becomes live and again behind every call; so do the chunks of a large one.
 */
final class MemoryEmitter {
    private final MethodContext context;
    private final FunctionBody body;
    private final CodeBuilder code;

    MemoryEmitter(MethodContext context) {
        this.context = context;
        this.body = context.body;
        this.code = context.code;
    }

    private boolean isLarge() {
        return context.layout.options().largeMemories();
    }

    private boolean marks() {
        return context.layout.options().resettable() && !isLarge();
    }

    /** Loads the arrays of the memories that the method touches and that are live before instruction {@code i}. */
    void reload(int i) {
        for (int memory : context.memories()) {
            if (context.liveness.memory(i, memory)) {
                load(memory);
            }
        }
    }

    /** Loads the arrays of all memories that the method touches. */
    void reloadAll() {
        for (int memory : context.memories()) {
            load(memory);
        }
    }

    private void load(int memory) {
        loadMemory(memory);
        if (isLarge()) {
            code.invokevirtual(Runtime.MEMORY, "chunks", MethodTypeDesc.of(Runtime.CHUNKS))
                    .astore(context.memorySlot(memory));
            return;
        }
        if (marks() && context.stores(memory)) {
            code.dup()
                    .invokevirtual(Runtime.MEMORY, "marks", MethodTypeDesc.of(Runtime.BYTES))
                    .astore(context.dirtySlot(memory));
        }
        code.invokevirtual(Runtime.MEMORY, "bytes", MethodTypeDesc.of(Runtime.BYTES))
                .astore(context.memorySlot(memory));
    }

    private void loadMemory(int memory) {
        context.loadInstance();
        code.getfield(context.layout.instance(), "memory" + memory, Runtime.MEMORY);
    }

    /** Emits an instruction on whole memories or segments. */
    void bulk(int i) {
        switch (body.opcode(i)) {
            case MEMORY_SIZE -> {
                loadMemory(body.index(i));
                code.invokevirtual(Runtime.MEMORY, "pages", MethodTypeDesc.of(CD_long));
                if (!context.isWideMemory(body.index(i))) {
                    code.l2i();
                }
            }
            case MEMORY_GROW -> {
                ClassDesc pages = type(body.before(i).top());
                loadMemory(body.index(i));
                code.invokestatic(Runtime.BULK, "memoryGrow", MethodTypeDesc.of(pages, pages, Runtime.MEMORY));
                reload(i + 1);
            }
            case MEMORY_FILL -> {
                loadMemory(body.index(i));
                bulk(i, "memoryFill", Runtime.MEMORY);
            }
            case MEMORY_COPY -> {
                loadMemory(body.index(i));
                loadMemory(body.secondIndex(i));
                bulk(i, "memoryCopy", Runtime.MEMORY, Runtime.MEMORY);
            }
            case MEMORY_INIT -> {
                loadMemory(body.secondIndex(i));
                context.loadInstance();
                context.constant(body.index(i));
                bulk(i, "memoryInit", Runtime.MEMORY, Runtime.INSTANCE, CD_int);
            }
            case DATA_DROP -> {
                context.loadInstance();
                context.constant(body.index(i));
                code.invokestatic(Runtime.BULK, "dataDrop", MethodTypeDesc.of(CD_void, Runtime.INSTANCE, CD_int));
            }
            default -> throw new AssertionError(body.opcode(i));
        }
    }

    private static ClassDesc type(Kind address) {
        return address == Kind.I64 ? CD_long : CD_int;
    }

    /** Calls what an instruction with three operands stands for, by their types. */
    private void bulk(int i, String name, ClassDesc... more) {
        var params = new ArrayList<ClassDesc>();
        for (Kind operand : body.before(i).topmost(3)) {
            params.add(type(operand));
        }
        params.addAll(List.of(more));
        code.invokestatic(Runtime.BULK, name, MethodTypeDesc.of(CD_void, params));
    }
}
