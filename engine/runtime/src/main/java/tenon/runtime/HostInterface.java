package tenon.runtime;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tenon.component.CoreModule;
import tenon.runtime.value.HostFunction;
import tenon.runtime.value.HostResource;
import tenon.wasm.Module;

/**
 * What a host offers under one interface name: functions as typed Java methods and resource types as Java classes.
 *
 * <p>Immutable. The methods belong to one class, the owner; {@link Linker#define} says how a {@link Store} gets its owner object.
 * Parameters and results have the shapes that the package {@code tenon.runtime.value} documents; they are compared with the
 * component's function type when it is linked.
 *
 * <p>A method may block: guests run on virtual threads. Of a function that WIT calls async it blocks no other guest of its store; it runs
 * on a virtual thread of its own, beside the guests, or returns at once with a {@link CompletionStage} of its result. It ends the guest by throwing {@code tenon.core.Trap}; any other
 * exception is the host's own error, and ends the instance, too.
 */
public final class HostInterface {
    private final String name;
    private final Class<?> owner;
    private final MethodHandles.Lookup lookup;
    private final Map<String, HostFunction> functions;
    private final Map<String, HostResource> resources;
    private final Map<String, CoreModule> modules;
    private final Map<String, HostInterface> instances;

    private HostInterface(Builder builder) {
        this.name = builder.name;
        this.owner = builder.owner;
        this.lookup = builder.lookup;
        this.functions = Collections.unmodifiableMap(new LinkedHashMap<>(builder.functions));
        this.resources = Collections.unmodifiableMap(new LinkedHashMap<>(builder.resources));
        this.modules = Map.copyOf(builder.modules);
        this.instances = Map.copyOf(builder.instances);
    }

    /**
     * A builder for an interface, or for functions that a world imports by plain names when {@code name} is empty.
     *
     * @param name as an import says it: {@code wasi:random/random@0.2.12}
     * @param owner the class of the methods
     * @param lookup of the owner's code; records, enums and sealed interfaces in its signatures are looked into with it
     */
    public static Builder of(String name, Class<?> owner, MethodHandles.Lookup lookup) {
        return new Builder(name, owner, lookup);
    }

    /** The interface's name with its version, or the empty string for functions that a world imports by plain names. */
    public String name() {
        return name;
    }

    /** The class that the functions' first parameter has. */
    public Class<?> owner() {
        return owner;
    }

    /** The right to look into the shapes of signatures; never handed out. */
    MethodHandles.Lookup lookup() {
        return lookup;
    }

    /** Functions by WIT name, in the order they were added. */
    public Map<String, HostFunction> functions() {
        return functions;
    }

    /** Resource types by WIT name. */
    public Map<String, HostResource> resources() {
        return resources;
    }

    /** Core modules by WIT name. */
    Map<String, CoreModule> modules() {
        return modules;
    }

    /** The instances inside by WIT name. */
    Map<String, HostInterface> instances() {
        return instances;
    }

    @Override
    public String toString() {
        return name.isEmpty() ? "functions of the world" : name;
    }

    /** Collects functions and resources; confined to one thread. */
    public static final class Builder {
        private final String name;
        private final Class<?> owner;
        private final MethodHandles.Lookup lookup;
        private final Map<String, HostFunction> functions = new LinkedHashMap<>();
        private final Map<String, HostResource> resources = new LinkedHashMap<>();
        private final Map<String, CoreModule> modules = new LinkedHashMap<>();
        private final Map<String, HostInterface> instances = new LinkedHashMap<>();

        private Builder(String name, Class<?> owner, MethodHandles.Lookup lookup) {
            this.name = Objects.requireNonNull(name);
            this.owner = Objects.requireNonNull(owner);
            this.lookup = Objects.requireNonNull(lookup);
        }

        /**
         * Offers the owner's method {@code javaName} as {@code witName}.
         *
         * @param type of the method, without the owner
         * @throws IllegalArgumentException if the owner has no such method that the lookup may call, or the name is taken
         */
        public Builder function(String witName, String javaName, MethodType type) {
            MethodHandle handle;
            try {
                handle = lookup.findVirtual(owner, javaName, type);
            } catch (NoSuchMethodException | IllegalAccessException e) {
                throw new IllegalArgumentException(
                        "`" + name + "`: function `" + witName + "` needs an accessible method `" + javaName + type
                                + "` of " + owner.getName(),
                        e);
            }
            return function(witName, handle);
        }

        /**
         * Offers a method handle as {@code witName}.
         *
         * @param handle whose first parameter is the owner
         * @throws IllegalArgumentException if its first parameter is another, or the name is taken
         */
        public Builder function(String witName, MethodHandle handle) {
            MethodType type = handle.type();
            if (type.parameterCount() == 0 || !type.parameterType(0).isAssignableFrom(owner)) {
                throw new IllegalArgumentException("`" + name + "`: the handle of function `" + witName
                        + "` must take the owner " + owner.getName() + " first, but its type is " + type);
            }
            return add(describe(witName, handle));
        }

        /** The function with the type arguments that its method declares, if the handle is a method's own. */
        private HostFunction describe(String witName, MethodHandle handle) {
            List<Type> params = List.copyOf(
                    handle.type().parameterList().subList(1, handle.type().parameterCount()));
            Type result = handle.type().returnType();
            try {
                Method method = lookup.revealDirect(handle).reflectAs(Method.class, lookup);
                if (method.getParameterCount() == params.size()) {
                    params = Arrays.asList(method.getGenericParameterTypes());
                    result = method.getGenericReturnType();
                }
            } catch (IllegalArgumentException | ClassCastException _) {
                // a composed handle has no method: its erased types must do
            }
            return new HostFunction(witName, handle, params, result, false);
        }

        /**
         * Offers a function that takes whatever function type the component imports, its values in dynamic form.
         *
         * @param handle of type {@code (owner, List<Value>) → Optional<Value>}
         * @throws IllegalArgumentException if the handle has another type, or the name is taken
         */
        public Builder dynamic(String witName, MethodHandle handle) {
            MethodType type = MethodType.methodType(Optional.class, owner, List.class);
            return add(new HostFunction(witName, handle.asType(type), List.of(List.class), Optional.class, true));
        }

        /**
         * As {@link #dynamic}, of a function that returns at once with what it will complete with its result.
         *
         * @param handle of type {@code (owner, List<Value>) → CompletionStage<Optional<Value>>}
         * @throws IllegalArgumentException if the handle has another type, or the name is taken
         */
        public Builder dynamicLater(String witName, MethodHandle handle) {
            MethodType type = MethodType.methodType(CompletionStage.class, owner, List.class);
            return add(
                    new HostFunction(witName, handle.asType(type), List.of(List.class), CompletionStage.class, true));
        }

        /**
         * Offers a resource type whose objects are of class {@code type}.
         *
         * @throws IllegalArgumentException if the name is taken
         */
        public Builder resource(String witName, Class<?> type) {
            return resource(witName, new HostResource(witName, type));
        }

        /**
         * Offers the resource type of another interface, as WIT's {@code use} does; {@code of} must offer {@code witName} itself.
         *
         * @throws IllegalArgumentException if {@code of} has no such resource, or the name is taken
         */
        public Builder resourceOf(String witName, HostInterface of) {
            HostResource resource = of.resources.get(witName);
            if (resource == null) {
                throw new IllegalArgumentException("`" + of.name + "` has no resource `" + witName + "`");
            }
            return resource(witName, resource);
        }

        private Builder resource(String witName, HostResource resource) {
            @Nullable HostResource taken = resources.putIfAbsent(witName, resource);
            if (taken != null) {
                throw new IllegalArgumentException("`" + name + "`: resource `" + witName + "` is defined twice");
            }
            return this;
        }

        private Builder add(HostFunction function) {
            @Nullable HostFunction taken = functions.putIfAbsent(function.name(), function);
            if (taken != null) {
                throw new IllegalArgumentException(
                        "`" + name + "`: function `" + function.name() + "` is defined twice");
            }
            return this;
        }

        /**
         * Offers a core module, which guests instantiate for themselves.
         *
         * @param module that is valid
         * @throws IllegalArgumentException if the name is taken
         */
        public Builder module(String witName, Module module) {
            if (modules.putIfAbsent(witName, new CoreModule(module, 0)) != null) {
                throw new IllegalArgumentException("`" + name + "`: module `" + witName + "` is defined twice");
            }
            return this;
        }

        /**
         * Offers an instance inside of this one; it has the same owner object.
         *
         * @throws IllegalArgumentException if its owner is of another class, or the name is taken
         */
        public Builder instance(String witName, HostInterface instance) {
            if (!instance.owner.isAssignableFrom(owner)) {
                throw new IllegalArgumentException("`" + name + "`: the owner of instance `" + witName + "` must be "
                        + owner.getName() + ", but it is " + instance.owner.getName());
            }
            if (instances.putIfAbsent(witName, instance) != null) {
                throw new IllegalArgumentException("`" + name + "`: instance `" + witName + "` is defined twice");
            }
            return this;
        }

        /** The interface, complete. */
        public HostInterface build() {
            return new HostInterface(this);
        }
    }
}
