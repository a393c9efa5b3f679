package tenon.core.compile;

import static java.lang.constant.ConstantDescs.CD_Object;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.BitSet;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Locals of one call of a function that live in fields of an object, because many methods share them: that with a long
 * branch table and those of its cases. A case reads what it needs and writes what it has changed, while parameters and results
 * would carry, each turn, all that any case may need. Immutable.
 *
 * <p>The class of such objects is named by how many fields it has of each kind, in the order of {@link Kind}.
 */
final class Frame {
    private static final String PREFIX = "Frame";

    private final ClassDesc type;
    private final FunctionBody body;
    private final BitSet locals;
    private final int[] numbers;

    private Frame(ClassDesc type, FunctionBody body, BitSet locals, int[] numbers) {
        this.type = type;
        this.body = body;
        this.locals = locals;
        this.numbers = numbers;
    }

    static Frame of(ModuleLayout layout, FunctionBody body, BitSet locals) {
        var counts = new int[Kind.values().length];
        var numbers = new int[body.locals()];
        locals.stream()
                .forEach(local -> numbers[local] = counts[body.local(local).ordinal()]++);
        var name = new StringBuilder(PREFIX);
        for (int k = 0; k < counts.length; k++) {
            name.append(k == 0 ? "" : "x").append(counts[k]);
        }
        return new Frame(layout.frame(name.toString()), body, (BitSet) locals.clone(), numbers);
    }

    /** The class of a name that {@link #of} gave; null if it is none. */
    static byte @Nullable [] classFile(ModuleLayout layout, String simpleName) {
        if (!simpleName.matches(PREFIX + "[0-9]{1,5}(x[0-9]{1,5}){4}")) {
            return null;
        }
        String[] counts = simpleName.substring(PREFIX.length()).split("x", -1);
        return ClassFiles.write(layout.frame(simpleName), CD_Object, builder -> {
            for (Kind kind : Kind.values()) {
                for (int n = 0; n < Integer.parseInt(counts[kind.ordinal()]); n++) {
                    builder.withField(
                            field(kind, n), kind.descriptor(), ClassFile.ACC_PUBLIC | ClassFile.ACC_SYNTHETIC);
                }
            }
            builder.withMethodBody(
                    ConstantDescs.INIT_NAME,
                    ConstantDescs.MTD_void,
                    ClassFile.ACC_PUBLIC,
                    code -> code.aload(0)
                            .invokespecial(CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                            .return_());
        });
    }

    ClassDesc type() {
        return type;
    }

    /** Whether a local lives here. */
    boolean holds(int local) {
        return locals.get(local);
    }

    /** A fresh one, all of whose fields are 0. */
    void create(CodeBuilder code) {
        code.new_(type).dup().invokespecial(type, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void);
    }

    /** Replaces the frame on the stack by a local's value. */
    void get(CodeBuilder code, int local) {
        Kind kind = body.local(local);
        code.getfield(type, field(kind, numbers[local]), kind.descriptor());
    }

    /** Takes frame and value from the stack. */
    void set(CodeBuilder code, int local) {
        Kind kind = body.local(local);
        code.putfield(type, field(kind, numbers[local]), kind.descriptor());
    }

    private static String field(Kind kind, int number) {
        return kind.name().toLowerCase(Locale.ROOT) + "_" + number;
    }
}
