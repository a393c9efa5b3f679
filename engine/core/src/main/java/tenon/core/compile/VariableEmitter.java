package tenon.core.compile;

import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.MethodTypeDesc;

/** Locals and globals. WebAssembly 3.0, "Variable Instructions". */
final class VariableEmitter {
    private final MethodContext context;
    private final CodeBuilder code;

    VariableEmitter(MethodContext context) {
        this.context = context;
        this.code = context.code;
    }

    void localGet(int local) {
        context.loadLocal(local);
    }

    void localSet(int local) {
        context.storeLocal(local);
    }

    void localTee(int local) {
        if (context.body.local(local).slots() == 2) {
            code.dup2();
        } else {
            code.dup();
        }
        localSet(local);
    }

    void globalGet(int global) {
        Kind kind = context.layout.globalKind(global);
        context.loadInstance();
        if (context.layout.isCell(global)) {
            code.getfield(context.layout.instance(), "global" + global, Runtime.GLOBAL)
                    .invokevirtual(Runtime.GLOBAL, accessor(kind), MethodTypeDesc.of(kind.descriptor()));
        } else {
            code.getfield(context.layout.instance(), "global" + global, kind.descriptor());
        }
    }

    void globalSet(int global) {
        Kind kind = context.layout.globalKind(global);
        context.loadInstance();
        boolean cell = context.layout.isCell(global);
        if (cell) {
            code.getfield(context.layout.instance(), "global" + global, Runtime.GLOBAL);
        }
        if (kind.slots() == 2) {
            code.dup_x2().pop();
        } else {
            code.swap();
        }
        if (cell) {
            code.invokevirtual(Runtime.GLOBAL, accessor(kind), MethodTypeDesc.of(CD_void, kind.descriptor()));
        } else {
            code.putfield(context.layout.instance(), "global" + global, kind.descriptor());
        }
    }

    private static String accessor(Kind kind) {
        return switch (kind) {
            case I32 -> "i32";
            case I64 -> "i64";
            case F32 -> "f32";
            case F64 -> "f64";
            case REF -> "reference";
        };
    }
}
