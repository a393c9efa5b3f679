package tenon.core.guest;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import tenon.core.StackRoom;
import tenon.core.link.GuestLoader;

/** Bootstraps of compiled code. */
public final class CallSites {
    private CallSites() {}

    /** Binds a call of an imported function: {@code (params…, Instance)result}. */
    public static CallSite bindImport(MethodHandles.Lookup caller, String name, MethodType type, int function) {
        StackRoom.requireMuch();
        return new ConstantCallSite(GuestLoader.moduleOf(caller.lookupClass()).importTarget(function, type));
    }

    /** The identity of a function type. */
    public static Object signature(MethodHandles.Lookup caller, String name, Class<?> type, int typeIndex) {
        StackRoom.requireMuch();
        return type.cast(GuestLoader.moduleOf(caller.lookupClass()).signature(typeIndex));
    }
}
