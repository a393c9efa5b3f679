package tenon.core.compile;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.TreeSet;
import tenon.types.core.FuncType;
import tenon.wasm.Module;

/**
 * The class of a module's bridges: a static method for each import, whose call site is bound once; and for each function
 * type that is called through a table or a reference, one that checks and then calls what it finds.
 */
final class CallsClass {
    private static final ClassDesc CD_METHOD_HANDLE = ConstantDescs.CD_MethodHandle;

    private final ModuleLayout layout;

    CallsClass(ModuleLayout layout) {
        this.layout = layout;
    }

    static String indirect(int typeIndex) {
        return "indirect" + typeIndex;
    }

    static String reference(int typeIndex) {
        return "reference" + typeIndex;
    }

    void write(ClassBuilder builder) {
        Module module = layout.module();
        for (int i = 0; i < module.importedFunctions(); i++) {
            int function = i;
            builder.withMethodBody(
                    layout.method(i), layout.descriptor(i), ClassFiles.STATIC, code -> callImport(code, function));
        }
        for (int type : new TreeSet<>(layout.functionTypes())) {
            FuncType functionType = (FuncType) module.compositeType(type);
            builder.withMethodBody(
                    indirect(type),
                    ModuleLayout.descriptor(functionType, List.of(CD_int, Runtime.TABLE)),
                    ClassFiles.STATIC,
                    code -> callTable(code, type, functionType));
            builder.withMethodBody(
                    reference(type),
                    ModuleLayout.descriptor(functionType, List.of(CD_Object)),
                    ClassFiles.STATIC,
                    code -> callReference(code, functionType));
        }
    }

    private void callImport(CodeBuilder code, int function) {
        FuncType type = layout.module().functionType(function);
        int instance = loadParams(code, type, 0);
        code.aload(instance);
        code.invokedynamic(DynamicCallSiteDesc.of(Runtime.BIND_IMPORT, "call", layout.descriptor(function), function));
        returns(code, type);
    }

    /** Params, index, table: the element is looked up and checked, then called with its instance. */
    private void callTable(CodeBuilder code, int typeIndex, FuncType type) {
        int index = slots(type);
        int table = index + 1;
        int callee = index + 2;
        code.aload(table)
                .iload(index)
                .ldc(DynamicConstantDesc.ofNamed(Runtime.SIGNATURE_CONSTANT, "signature", Runtime.SIGNATURE, typeIndex))
                .invokevirtual(Runtime.TABLE, "callee", MethodTypeDesc.of(Runtime.FUNCTION, CD_int, Runtime.SIGNATURE))
                .astore(callee);
        code.aload(callee).invokevirtual(Runtime.FUNCTION, "code", MethodTypeDesc.of(CD_METHOD_HANDLE));
        loadParams(code, type, 0);
        code.aload(callee)
                .aload(table)
                .invokevirtual(Runtime.FUNCTION, "context", MethodTypeDesc.of(CD_Object, Runtime.TABLE));
        invokeExact(code, type);
    }

    private void callReference(CodeBuilder code, FuncType type) {
        int callee = slots(type);
        code.aload(callee)
                .invokestatic(Runtime.BULK, "callee", MethodTypeDesc.of(Runtime.FUNCTION, CD_Object))
                .astore(callee);
        code.aload(callee)
                .checkcast(Runtime.FUNCTION)
                .invokevirtual(Runtime.FUNCTION, "code", MethodTypeDesc.of(CD_METHOD_HANDLE));
        loadParams(code, type, 0);
        code.aload(callee)
                .checkcast(Runtime.FUNCTION)
                .invokevirtual(Runtime.FUNCTION, "context", MethodTypeDesc.of(CD_Object));
        invokeExact(code, type);
    }

    private static void invokeExact(CodeBuilder code, FuncType type) {
        code.invokevirtual(CD_METHOD_HANDLE, "invokeExact", ModuleLayout.descriptor(type, List.of(CD_Object)));
        returns(code, type);
    }

    private static void returns(CodeBuilder code, FuncType type) {
        Kind[] results = Kind.of(type.results());
        if (results.length == 0) {
            code.return_();
        } else if (results.length == 1) {
            code.return_(results[0].typeKind());
        } else {
            code.areturn();
        }
    }

    private static int loadParams(CodeBuilder code, FuncType type, int from) {
        int slot = from;
        for (Kind kind : Kind.of(type.params())) {
            code.loadLocal(kind.typeKind(), slot);
            slot += kind.slots();
        }
        return slot;
    }

    private static int slots(FuncType type) {
        int slots = 0;
        for (Kind kind : Kind.of(type.params())) {
            slots += kind.slots();
        }
        return slots;
    }
}
