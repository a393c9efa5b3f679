package tenon.core.compile;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;

/**
 * Linear memory. WebAssembly 3.0, "Memory Instructions". The array of each memory that the method touches lies in a slot,
 * loaded where it becomes live and again behind every call.
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

    private boolean marks() {
        return context.layout.options().resettable();
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
                code.invokevirtual(Runtime.MEMORY, "pages", MethodTypeDesc.of(CD_int));
                widen(body.index(i));
            }
            case MEMORY_GROW -> {
                context.narrow(body.before(i).top());
                loadMemory(body.index(i));
                code.swap().invokevirtual(Runtime.MEMORY, "grow", MethodTypeDesc.of(CD_int, CD_int));
                widen(body.index(i));
                reload(i + 1);
            }
            case MEMORY_FILL -> {
                narrowThree(i);
                loadMemory(body.index(i));
                bulk("memoryFill", Runtime.MEMORY);
            }
            case MEMORY_COPY -> {
                narrowThree(i);
                loadMemory(body.index(i));
                loadMemory(body.secondIndex(i));
                bulk("memoryCopy", Runtime.MEMORY, Runtime.MEMORY);
            }
            case MEMORY_INIT -> {
                narrowThree(i);
                loadMemory(body.secondIndex(i));
                context.loadInstance();
                context.constant(body.index(i));
                bulk("memoryInit", Runtime.MEMORY, Runtime.INSTANCE, CD_int);
            }
            case DATA_DROP -> {
                context.loadInstance();
                context.constant(body.index(i));
                code.invokestatic(Runtime.BULK, "dataDrop", MethodTypeDesc.of(CD_void, Runtime.INSTANCE, CD_int));
            }
            default -> throw new AssertionError(body.opcode(i));
        }
    }

    private void narrowThree(int i) {
        context.narrow(body.before(i).topmost(3));
    }

    private void widen(int memory) {
        if (context.isWideMemory(memory)) {
            code.i2l();
        }
    }

    private void bulk(String name, ClassDesc... more) {
        var params = new ArrayList<ClassDesc>();
        params.add(CD_int);
        params.add(CD_int);
        params.add(CD_int);
        params.addAll(java.util.List.of(more));
        code.invokestatic(Runtime.BULK, name, MethodTypeDesc.of(CD_void, params));
    }
}
