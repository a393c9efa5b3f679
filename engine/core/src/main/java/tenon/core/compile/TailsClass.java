package tenon.core.compile;

import static java.lang.constant.ConstantDescs.CD_MethodHandle;
import static java.lang.constant.ConstantDescs.CD_Object;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.TreeSet;
import tenon.types.core.FuncType;

/**
 * The class that makes a module's tail calls, loaded with the first of them: for each function type a method that takes the
 * arguments out of their array, and one that makes calls until none is left.
 */
final class TailsClass {
    private final ModuleLayout layout;

    TailsClass(ModuleLayout layout) {
        this.layout = layout;
    }

    /** {@code (Object values, CoreFunction callee)result}. */
    static DirectMethodHandleDesc spread(ModuleLayout layout, int typeIndex) {
        return MethodHandleDesc.ofMethod(
                DirectMethodHandleDesc.Kind.STATIC, layout.tails(), "spread" + typeIndex, spreadType((FuncType)
                        layout.module().compositeType(typeIndex)));
    }

    private static MethodTypeDesc spreadType(FuncType type) {
        return MethodTypeDesc.of(ModuleLayout.result(Kind.of(type.results())), CD_Object, Runtime.FUNCTION);
    }

    private static MethodTypeDesc resumeType(FuncType type) {
        return MethodTypeDesc.of(ModuleLayout.result(Kind.of(type.results())), Runtime.TAIL_CALL);
    }

    void write(ClassBuilder builder) {
        for (int type : new TreeSet<>(layout.functionTypes())) {
            FuncType functionType = (FuncType) layout.module().compositeType(type);
            builder.withMethodBody(
                    "spread" + type, spreadType(functionType), ClassFiles.STATIC, code -> spread(code, functionType));
            builder.withMethodBody(
                    "resume" + type, resumeType(functionType), ClassFiles.STATIC, code -> resume(code, functionType));
        }
    }

    private static void spread(CodeBuilder code, FuncType type) {
        Kind[] params = Kind.of(type.params());
        code.aload(1).invokevirtual(Runtime.FUNCTION, "tailCode", MethodTypeDesc.of(CD_MethodHandle));
        if (params.length > 0) {
            code.aload(0).checkcast(MultiValue.array(params)).astore(0);
            new MultiValue(code).unpack(params, 0);
        }
        code.aload(1)
                .invokevirtual(Runtime.FUNCTION, "context", MethodTypeDesc.of(CD_Object))
                .invokevirtual(CD_MethodHandle, "invokeExact", ModuleLayout.descriptor(type, List.of(CD_Object)));
        returns(code, type);
    }

    private static void resume(CodeBuilder code, FuncType type) {
        Kind[] results = Kind.of(type.results());
        Kind result = results.length == 1 ? results[0] : Kind.REF;
        Label again = code.newBoundLabel();
        code.aload(0)
                .invokevirtual(Runtime.TAIL_CALL, "spread", MethodTypeDesc.of(CD_MethodHandle))
                .aload(0)
                .invokevirtual(Runtime.TAIL_CALL, "values", MethodTypeDesc.of(CD_Object))
                .aload(0)
                .invokevirtual(Runtime.TAIL_CALL, "callee", MethodTypeDesc.of(Runtime.FUNCTION))
                .invokevirtual(CD_MethodHandle, "invokeExact", spreadType(type));
        if (results.length > 0) {
            code.storeLocal(result.typeKind(), 1);
        }
        code.aload(0)
                .invokevirtual(Runtime.TAIL_CALL, "next", MethodTypeDesc.of(Runtime.TAIL_CALL))
                .astore(0)
                .aload(0)
                .ifnonnull(again);
        if (results.length > 0) {
            code.loadLocal(result.typeKind(), 1);
        }
        returns(code, type);
    }

    /** The method of the usual type of a function with tail calls: calls the body, and makes what it leaves. */
    static void enter(CodeBuilder code, ModuleLayout layout, int function) {
        FuncType type = layout.module().functionType(function);
        int typeIndex = layout.module().spaces().functions().get(function);
        int instance = 0;
        for (Kind kind : Kind.of(type.params())) {
            code.loadLocal(kind.typeKind(), instance);
            instance += kind.slots();
        }
        code.aload(instance)
                .invokestatic(layout.owner(function), layout.bodyMethod(function), layout.descriptor(function));
        int left = instance + 1;
        Label more = code.newLabel();
        code.aload(instance)
                .getfield(Runtime.INSTANCE, "tailCall", Runtime.TAIL_CALL)
                .astore(left)
                .aload(left)
                .ifnonnull(more);
        returns(code, type);
        code.labelBinding(more);
        code.aload(instance)
                .aconst_null()
                .putfield(Runtime.INSTANCE, "tailCall", Runtime.TAIL_CALL)
                .aload(left)
                .invokestatic(layout.tails(), "resume" + typeIndex, resumeType(type));
        returns(code, type);
    }

    private static void returns(CodeBuilder code, FuncType type) {
        ClassDesc result = ModuleLayout.result(Kind.of(type.results()));
        if (result.equals(ConstantDescs.CD_void)) {
            code.return_();
        } else if (result.isPrimitive()) {
            code.return_(Kind.of(type.results())[0].typeKind());
        } else {
            code.areturn();
        }
    }
}
