package tenon.runtime.canon;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import tenon.core.StackRoom;
import tenon.runtime.table.ResourceHandle;
import tenon.runtime.task.ComponentInstance;
import tenon.types.component.ResourceType;
import tenon.types.core.FuncType;
import tenon.types.core.NumType;

/**
 * {@code canon resource.new}, {@code resource.drop} and {@code resource.rep}. Each handle is of type {@code (int, Object context) →
 * result}; the context is the {@link ComponentInstance} that calls.
 */
public final class ResourceBuiltins {
    private ResourceBuiltins() {}

    /** The core type of {@code resource.new} and {@code resource.rep}. */
    public static final FuncType I32_TO_I32 = new FuncType(List.of(NumType.I32), List.of(NumType.I32));

    /** The core type of {@code resource.drop}. */
    public static final FuncType I32_TO_NOTHING = new FuncType(List.of(NumType.I32), List.of());

    /** {@code resource.new} of a resource type. */
    public static MethodHandle create(ResourceType type) {
        return bind("create", int.class, type);
    }

    /** {@code resource.drop} of a resource type. */
    public static MethodHandle drop(ResourceType type) {
        return bind("drop", void.class, type);
    }

    /** {@code resource.rep} of a resource type. */
    public static MethodHandle rep(ResourceType type) {
        return bind("rep", int.class, type);
    }

    private static MethodHandle bind(String name, Class<?> result, ResourceType type) {
        try {
            MethodHandle handle = MethodHandles.lookup()
                    .findStatic(
                            ResourceBuiltins.class,
                            name,
                            MethodType.methodType(result, ResourceType.class, int.class, Object.class));
            return handle.bindTo(type);
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static int create(ResourceType type, int rep, Object context) {
        var instance = (ComponentInstance) context;
        instance.trapUnlessMayLeave();
        return instance.handles().add(ResourceHandle.own(type, rep, null));
    }

    private static int rep(ResourceType type, int index, Object context) {
        return ResourceHandle.get(((ComponentInstance) context).handles(), index, type)
                .rep();
    }

    private static void drop(ResourceType type, int index, Object context) {
        var instance = (ComponentInstance) context;
        instance.trapUnlessMayLeave();
        StackRoom.require();
        ResourceHandle handle = ResourceHandle.remove(instance.handles(), index, type);
        if (!handle.owns()) {
            handle.endBorrow();
        } else if (handle.object() == null) {
            instance.tree().destroyFrom(instance, type, handle.rep());
        } else if (handle.object() instanceof AutoCloseable object) {
            close(object);
        }
    }

    /** Runs the destructor of a host's resource. */
    public static void close(AutoCloseable object) {
        try {
            object.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new LoweredToHost.HostFailure(e);
        }
    }
}
