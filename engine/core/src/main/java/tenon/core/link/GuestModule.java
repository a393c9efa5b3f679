package tenon.core.link;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** What a module's classes ask for while they are linked. */
public interface GuestModule {
    /** The class file of a class of the module's package, by its name without package; null if there is no such class. */
    byte @Nullable [] classFile(String simpleName);

    /** What a call of an imported function goes to: {@code (params…, Instance)result}. */
    MethodHandle importTarget(int function, MethodType type);

    /** The identity of the function type at an index. */
    Object signature(int typeIndex);
}
