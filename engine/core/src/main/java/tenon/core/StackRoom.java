package tenon.core;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;

/**
 * Makes sure that the host does not run out of stack where a guest has used nearly all of it.
 *
 * <p>Policy: whoever is called by a guest and may load or initialise classes, or changes state that outlives the guest, asks for room
 * first. A {@link StackOverflowError} inside a static initialiser would leave its class broken for the rest of the process; here it is
 * thrown before anything was begun, and the guest ends with "call stack exhausted". What compiled code itself needs is initialised
 * before guests run.
 *
 * <p>A method with as many local variables as make up the room is called and returns at once. Its frame is never filled: the JVM looks
 * whether the frame of the interpreter would fit, in compiled code as well, since it might have to fall back to it. While the pages it
 * looks at fit into the first cache this costs 3 ns. It relies on HotSpot; a test measures whether it holds.
 */
public final class StackRoom {
    /** Bytes that host functions get. Loading a class and running its initialiser took less wherever we measured. */
    static final int SOME_BYTES = 32 << 10;

    /** Bytes for what compiles a guest's functions or links call sites. */
    static final int MUCH_BYTES = 256 << 10;

    /** More bytecode than the JIT inlines: inlined, the room would be asked for at the entry of whoever calls. */
    private static final int NEVER_INLINED = 120;

    /** Never true; not final, so that no compiler leaves out the code behind it. */
    static boolean filled;

    private static final Runnable SOME = frameOf(SOME_BYTES);
    private static final Runnable MUCH = frameOf(MUCH_BYTES);

    private StackRoom() {}

    /** Throws {@link StackOverflowError} unless there is room for a host function. */
    public static void require() {
        SOME.run();
    }

    /** Throws {@link StackOverflowError} unless there is room to compile and link; 0.5 µs. */
    public static void requireMuch() {
        MUCH.run();
    }

    private static Runnable frameOf(int bytes) {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        ClassDesc name = ClassDesc.of(StackRoom.class.getPackageName(), "StackRoom$Frame");
        byte[] file = ClassFile.of()
                .build(
                        name,
                        builder -> builder.withFlags(ClassFile.ACC_FINAL)
                                .withInterfaceSymbols(ClassDesc.of(Runnable.class.getName()))
                                .withMethodBody(
                                        INIT_NAME,
                                        MTD_void,
                                        0,
                                        code -> code.aload(0)
                                                .invokespecial(ConstantDescs.CD_Object, INIT_NAME, MTD_void)
                                                .return_())
                                .withMethodBody(
                                        "run",
                                        MethodTypeDesc.of(CD_void),
                                        ClassFile.ACC_PUBLIC,
                                        code -> frame(code, bytes / Long.BYTES)));
        try {
            return (Runnable) lookup.defineHiddenClass(file, true, MethodHandles.Lookup.ClassOption.NESTMATE)
                    .lookupClass()
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** The local variables are written, and something is called, where execution never comes: that makes the frame. */
    private static void frame(CodeBuilder code, int slots) {
        code.getstatic(ClassDesc.of(StackRoom.class.getName()), "filled", CD_boolean)
                .ifThen(never -> {
                    never.lconst_0().lstore(slots - 1);
                    for (int i = 0; i < NEVER_INLINED; i++) {
                        never.invokestatic(ClassDesc.of(Thread.class.getName()), "yield", MTD_void);
                    }
                })
                .return_();
    }
}
