package tenon.core.compile;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tenon.wasm.Opcode;

/** References, tables, {@code drop}, {@code select} and {@code unreachable}. WebAssembly 3.0, "Reference Instructions" ff. */
final class ReferenceEmitter {
    private final MethodContext context;
    private final FunctionBody body;
    private final CodeBuilder code;

    ReferenceEmitter(MethodContext context) {
        this.context = context;
        this.body = context.body;
        this.code = context.code;
    }

    void unreachable() {
        trap("unreachable");
    }

    private void trap(String name) {
        code.invokestatic(Runtime.TRAPS, name, MethodTypeDesc.of(Runtime.TRAP)).athrow();
    }

    void drop(Kind kind) {
        context.pop(kind);
    }

    /** {@code select}: both values lie on the stack, the condition's operands above. */
    void select(Jump condition, Kind kind) {
        Label keepFirst = code.newLabel();
        condition.to(code, keepFirst);
        if (kind.slots() == 2) {
            code.dup2_x2().pop2().labelBinding(keepFirst).pop2();
        } else {
            code.swap().labelBinding(keepFirst).pop();
        }
    }

    void emit(int i) {
        int operands = tableOperands(body.opcode(i));
        if (operands > 0) {
            context.narrow(body.before(i).topmost(operands));
        }
        emitNarrow(i);
        if ((body.opcode(i) == Opcode.TABLE_SIZE || body.opcode(i) == Opcode.TABLE_GROW)
                && context.isWideTable(body.index(i))) {
            code.i2l();
        }
    }

    /** How many operands an instruction on tables has. */
    private static int tableOperands(Opcode opcode) {
        return switch (opcode) {
            case TABLE_GET -> 1;
            case TABLE_SET, TABLE_GROW -> 2;
            case TABLE_FILL, TABLE_COPY, TABLE_INIT -> 3;
            default -> 0;
        };
    }

    private void emitNarrow(int i) {
        switch (body.opcode(i)) {
            case REF_NULL -> code.aconst_null();
            case REF_FUNC -> {
                context.loadInstance();
                context.constant(body.index(i));
                code.invokevirtual(Runtime.INSTANCE, "function", MethodTypeDesc.of(Runtime.FUNCTION, CD_int));
            }
            case REF_AS_NON_NULL -> {
                Label there = code.newLabel();
                code.dup().ifnonnull(there);
                trap("nullReference");
                code.labelBinding(there);
            }
            case REF_EQ ->
                code.invokestatic(Runtime.CASTS, "same", MethodTypeDesc.of(CD_boolean, CD_Object, CD_Object));
            case TABLE_GET -> table("tableGet", CD_Object, 1, body.index(i));
            case TABLE_SET -> call("tableSet", CD_void, List.of(CD_int, CD_Object), body.index(i));
            case TABLE_GROW -> call("tableGrow", CD_int, List.of(CD_Object, CD_int), body.index(i));
            case TABLE_SIZE -> table("tableSize", CD_int, 0, body.index(i));
            case TABLE_FILL -> call("tableFill", CD_void, List.of(CD_int, CD_Object, CD_int), body.index(i));
            case TABLE_COPY -> table("tableCopy", CD_void, 3, body.index(i), body.secondIndex(i));
            case TABLE_INIT -> {
                load(body.secondIndex(i));
                context.loadInstance();
                context.constant(body.index(i));
                code.invokestatic(
                        Runtime.BULK,
                        "tableInit",
                        MethodTypeDesc.of(CD_void, CD_int, CD_int, CD_int, Runtime.TABLE, Runtime.INSTANCE, CD_int));
            }
            case ELEM_DROP -> {
                context.loadInstance();
                context.constant(body.index(i));
                code.invokestatic(Runtime.BULK, "elemDrop", MethodTypeDesc.of(CD_void, Runtime.INSTANCE, CD_int));
            }
            default -> throw new AssertionError(body.opcode(i));
        }
    }

    private void load(int table) {
        context.loadInstance();
        code.getfield(context.layout.instance(), "table" + table, Runtime.TABLE);
    }

    private void table(String name, ClassDesc result, int ints, int... tables) {
        var params = new ArrayList<ClassDesc>(Collections.nCopies(ints, CD_int));
        for (int table : tables) {
            load(table);
            params.add(Runtime.TABLE);
        }
        code.invokestatic(Runtime.BULK, name, MethodTypeDesc.of(result, params));
    }

    private void call(String name, ClassDesc result, List<ClassDesc> operands, int table) {
        var params = new ArrayList<>(operands);
        load(table);
        params.add(Runtime.TABLE);
        code.invokestatic(Runtime.BULK, name, MethodTypeDesc.of(result, params));
    }
}
