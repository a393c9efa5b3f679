package tenon.core;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tenon.types.core.FuncType;

/**
 * A function: WebAssembly 3.0, "Function Instances". One object for each function of an instance. Confined to its store,
 * but for those of the host.
 *
 * <p>In the JVM's types: i32 int, i64 long, f32 float, f64 double, references Object. Two and more results come back as an
 * array, {@code long[]} of their bits (i32 sign-extended, floating-point numbers in their own format), or {@code Object[]}
 * of boxed values if a reference is among them.
 */
public final class CoreFunction implements CoreExtern {
    private final Signature signature;
    private final @Nullable LinkedModule source;
    private final int index;
    private final @Nullable Object context;
    private ImportTarget.@Nullable Static target;
    private @Nullable MethodHandle code;
    private @Nullable MethodHandle handle;
    private @Nullable MethodHandle tailCode;
    private boolean leavesCalls;

    private CoreFunction(
            Signature signature,
            @Nullable LinkedModule source,
            int index,
            @Nullable Object context,
            @Nullable MethodHandle code,
            @Nullable MethodHandle handle) {
        this.signature = signature;
        this.source = source;
        this.index = index;
        this.context = context;
        this.code = code;
        this.handle = handle;
    }

    /** A function of a module without an instance: an element of a table whose owner is the instance. */
    static CoreFunction template(Signature signature, LinkedModule source, int index) {
        return new CoreFunction(signature, source, index, null, null, null);
    }

    /** A function of an instance. */
    static CoreFunction of(Signature signature, LinkedModule source, int index, CoreInstance instance) {
        return new CoreFunction(signature, source, index, instance, null, null);
    }

    /** An import that was linked statically, seen as a function. */
    static CoreFunction of(Signature signature, ImportTarget.Static target, Object context) {
        var function = new CoreFunction(signature, null, -1, context, null, null);
        function.target = target;
        return function;
    }

    /**
     * A function of the host: {@code handle} takes the parameters and gives the result in the JVM's types. What it throws
     * reaches the caller of the guest as it is.
     */
    public static CoreFunction of(FuncType type, MethodHandle handle) {
        Signature signature = Signature.of(type);
        MethodType expected = JvmTypes.of(type);
        if (!handle.type().equals(expected)) {
            throw new IllegalArgumentException(
                    "a function of type " + type + " is a method of type " + expected + ", found " + handle.type());
        }
        MethodHandle code =
                MethodHandles.dropArguments(Border.leave(handle), expected.parameterCount(), List.of(Object.class));
        return new CoreFunction(signature, null, -1, CoreFunction.class, code, handle);
    }

    public FuncType type() {
        return signature.type();
    }

    /** The identity of the type across modules. */
    public Signature signature() {
        return signature;
    }

    /** The bound method {@code (params…)result}, for calls from the host: whatever ends the guest arrives as a {@link Trap}. */
    public MethodHandle handle() {
        MethodHandle known = handle;
        if (known == null) {
            MethodHandle target = code();
            known = Border.enter(
                    MethodHandles.insertArguments(target, target.type().parameterCount() - 1, context()), frames());
            handle = known;
        }
        return known;
    }

    private Frames frames() {
        if (source != null) {
            return source.linkage().frames();
        }
        return context instanceof CoreInstance instance
                ? instance.linked().linkage().frames()
                : Frames.NONE;
    }

    /** For compiled code: the method {@code (params…, Object context)result}. */
    public MethodHandle code() {
        MethodHandle known = code;
        return known != null ? known : resolve();
    }

    private MethodHandle resolve() {
        MethodHandle found = target != null
                ? target.target()
                : Objects.requireNonNull(source).code(index);
        code = found;
        return found;
    }

    /** For compiled code: as {@link #code}, but of a function with tail calls its body, which leaves them to the caller. */
    public MethodHandle tailCode() {
        MethodHandle known = tailCode;
        if (known == null) {
            Optional<MethodHandle> body = Optional.empty();
            if (target != null) {
                body = target.body();
            } else if (source != null) {
                body = source.bodyCode(index);
            }
            leavesCalls = body.isPresent();
            known = body.orElseGet(this::code);
            tailCode = known;
        }
        return known;
    }

    /** Whether {@link #tailCode} may leave a call in the instance that is its context. */
    boolean leavesCalls() {
        return leavesCalls;
    }

    /** For compiled code: the last argument of {@link #code}. */
    public Object context() {
        if (context == null) {
            throw new AssertionError("function " + index + " has no instance");
        }
        return context;
    }

    /** For compiled code: the last argument of {@link #code} for an element of a table. */
    public @Nullable Object context(CoreTable table) {
        return context != null ? context : table.owner();
    }

    /** This function with its instance, where it is an element of a table. */
    CoreFunction in(CoreTable table) {
        if (context != null) {
            return this;
        }
        CoreInstance owner = table.owner();
        return Objects.requireNonNull(owner).function(index);
    }
}
