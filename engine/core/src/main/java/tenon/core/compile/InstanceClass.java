package tenon.core.compile;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import tenon.wasm.Module;

/**
 * The class of a module's instances: a field for each memory, table, imported function and global, and the methods by
 * which {@code tenon.core.CoreInstance} fills, captures and restores them.
 */
final class InstanceClass {
    private static final int FIELD = ClassFile.ACC_PUBLIC | ClassFile.ACC_SYNTHETIC;

    private final ModuleLayout layout;
    private final Module module;
    private final ClassDesc self;

    InstanceClass(ModuleLayout layout) {
        this.layout = layout;
        this.module = layout.module();
        this.self = layout.instance();
    }

    void write(ClassBuilder builder) {
        List<Integer> imports = range(module.importedFunctions());
        List<Integer> memories = range(module.spaces().memories().size());
        List<Integer> tables = range(module.spaces().tables().size());
        var cells = new ArrayList<Integer>();
        var plain = new ArrayList<Integer>();
        for (int i = 0; i < module.spaces().globals().size(); i++) {
            (layout.isCell(i) ? cells : plain).add(i);
        }
        field(builder, "function", imports, CD_Object);
        field(builder, "memory", memories, Runtime.MEMORY);
        field(builder, "table", tables, Runtime.TABLE);
        field(builder, "global", cells, Runtime.GLOBAL);
        for (int global : plain) {
            builder.withField("global" + global, layout.globalKind(global).descriptor(), FIELD);
        }
        if (layout.splits()) {
            Scratch.FIELDS.forEach((kind, count) -> {
                for (int i = 0; i < count; i++) {
                    builder.withField(Scratch.field(kind, i), kind.descriptor(), FIELD);
                }
            });
        }
        builder.withMethodBody(
                ConstantDescs.INIT_NAME,
                ConstantDescs.MTD_void,
                ClassFile.ACC_PUBLIC,
                code -> code.aload(0)
                        .invokespecial(Runtime.INSTANCE, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                        .return_());
        setter(builder, "setFunction", "function", imports, CD_Object);
        setter(builder, "setMemory", "memory", memories, Runtime.MEMORY);
        setter(builder, "setTable", "table", tables, Runtime.TABLE);
        setter(builder, "setGlobal", "global", cells, Runtime.GLOBAL);
        var numbers =
                plain.stream().filter(i -> layout.globalKind(i) != Kind.REF).toList();
        var references =
                plain.stream().filter(i -> layout.globalKind(i) == Kind.REF).toList();
        setter(builder, "setReference", "global", references, CD_Object);
        getter(builder, "getReference", references);
        setNumber(builder, numbers);
        getNumber(builder, numbers);
    }

    private static List<Integer> range(int count) {
        var list = new ArrayList<Integer>();
        for (int i = 0; i < count; i++) {
            list.add(i);
        }
        return list;
    }

    private static void field(ClassBuilder builder, String name, List<Integer> indices, ClassDesc type) {
        for (int index : indices) {
            builder.withField(name + index, type, FIELD);
        }
    }

    private void setter(ClassBuilder builder, String method, String field, List<Integer> indices, ClassDesc type) {
        builder.withMethodBody(method, MethodTypeDesc.of(CD_void, CD_int, type), ClassFile.ACC_PUBLIC, code -> {
            choose(
                    code,
                    indices,
                    index -> code.aload(0)
                            .aload(2)
                            .putfield(self, field + index, type)
                            .return_());
        });
    }

    private void getter(ClassBuilder builder, String method, List<Integer> indices) {
        builder.withMethodBody(method, MethodTypeDesc.of(CD_Object, CD_int), ClassFile.ACC_PUBLIC, code -> {
            choose(
                    code,
                    indices,
                    index -> code.aload(0)
                            .getfield(self, "global" + index, CD_Object)
                            .areturn());
        });
    }

    private void setNumber(ClassBuilder builder, List<Integer> numbers) {
        builder.withMethodBody("setNumber", MethodTypeDesc.of(CD_void, CD_int, CD_long), ClassFile.ACC_PUBLIC, code -> {
            choose(code, numbers, index -> {
                Kind kind = layout.globalKind(index);
                code.aload(0).lload(2);
                new MultiValue(code).fromBits(kind);
                code.putfield(self, "global" + index, kind.descriptor()).return_();
            });
        });
    }

    private void getNumber(ClassBuilder builder, List<Integer> numbers) {
        builder.withMethodBody("getNumber", MethodTypeDesc.of(CD_long, CD_int), ClassFile.ACC_PUBLIC, code -> {
            choose(code, numbers, index -> {
                Kind kind = layout.globalKind(index);
                code.aload(0).getfield(self, "global" + index, kind.descriptor());
                new MultiValue(code).toBits(kind);
                code.lreturn();
            });
        });
    }

    /** Chooses by the first parameter among indices; any other is an error of ours. */
    private static void choose(CodeBuilder code, List<Integer> indices, IntConsumer each) {
        Label other = code.newLabel();
        var cases = new ArrayList<SwitchCase>();
        for (int index : indices) {
            cases.add(SwitchCase.of(index, code.newLabel()));
        }
        code.iload(1).lookupswitch(other, cases);
        for (SwitchCase one : cases) {
            code.labelBinding(one.target());
            each.accept(one.caseValue());
        }
        ClassDesc error = ClassDesc.of("java.lang.AssertionError");
        code.labelBinding(other)
                .new_(error)
                .dup()
                .invokespecial(error, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                .athrow();
    }
}
