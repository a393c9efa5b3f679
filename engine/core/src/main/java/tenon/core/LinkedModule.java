package tenon.core;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tenon.core.compile.ModuleLayout;
import tenon.core.link.GuestModule;
import tenon.types.LinkException;
import tenon.types.core.FuncType;
import tenon.wasm.Module;

/** The code of a module in one place of a linkage. Thread-safe. */
public final class LinkedModule {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.publicLookup();

    private final CoreModule module;
    private final Linkage linkage;
    private final List<ImportTarget> targets;
    private final ModuleCode code;
    private final @Nullable MethodHandle[] codes;
    private final @Nullable CoreFunction[] templates;
    private final AtomicReferenceArray<@Nullable Object @Nullable []> segments;
    private final AtomicReferenceArray<@Nullable StateImage> images;
    /** All images of instances that may still be there; guarded by itself. */
    private final Set<StateImage> all = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private volatile boolean reservesDropped;
    private @Nullable MethodHandle constructor;

    LinkedModule(CoreModule module, Linkage linkage, List<ImportTarget> targets) {
        this.module = module;
        this.linkage = linkage;
        this.targets = List.copyOf(targets);
        String packageName = linkage.loader().newPackage(module.packageName());
        this.code = module.code(packageName);
        int functions = module.module().spaces().functions().size();
        this.codes = new MethodHandle[functions];
        this.templates = new CoreFunction[functions];
        this.segments = new AtomicReferenceArray<>(module.module().elements().size());
        this.images =
                new AtomicReferenceArray<>(module.module().spaces().memories().size());
        linkage.loader().add(packageName, new Classes());
        linkage.frames().add(packageName, code.layout());
    }

    public CoreModule module() {
        return module;
    }

    public Linkage linkage() {
        return linkage;
    }

    Module source() {
        return module.module();
    }

    /** Whether a global lives in a cell. */
    boolean isCell(int global) {
        return code.layout().isCell(global);
    }

    ImportTarget target(int function) {
        return targets.get(function);
    }

    /** The static method of a function, {@code (params…, CoreInstance)result}; resolving it compiles the function's class. */
    public MethodHandle handle(int function) {
        MethodHandle found = method(function);
        return found.asType(found.type().changeParameterType(found.type().parameterCount() - 1, CoreInstance.class));
    }

    /** The static method of an exported function. */
    public MethodHandle handle(String export) {
        return handle(exported(export));
    }

    private int exported(String export) {
        for (Module.Export each : source().exports()) {
            if (each.kind() == Module.ExternKind.FUNCTION && each.name().equals(export)) {
                return each.index();
            }
        }
        throw new LinkException("function `" + export + "` is not exported");
    }

    /** The type of a function with the identities of its types. */
    public FuncType type(int function) {
        return module.signature(function).type();
    }

    /** {@code (params…, Object)result}. */
    MethodHandle code(int function) {
        MethodHandle known = codes[function];
        if (known == null) {
            MethodHandle found = method(function);
            known = found.asType(found.type().changeParameterType(found.type().parameterCount() - 1, Object.class));
            codes[function] = known;
        }
        return known;
    }

    /** The body of a function with tail calls, which leaves them to its caller: {@code (params…, Object)result}. */
    Optional<MethodHandle> bodyCode(int function) {
        ModuleLayout layout = code.layout();
        if (!layout.hasTailCalls(function)) {
            return Optional.empty();
        }
        MethodHandle found = method(function, layout.bodyMethod(function));
        return Optional.of(
                found.asType(found.type().changeParameterType(found.type().parameterCount() - 1, Object.class)));
    }

    /** As {@link #bodyCode(int)} of an exported function. */
    public Optional<MethodHandle> bodyCode(String export) {
        return bodyCode(exported(export));
    }

    private MethodHandle method(int function) {
        return method(function, code.layout().method(function));
    }

    private MethodHandle method(int function, String name) {
        ModuleLayout layout = code.layout();
        MethodType type = MethodType.fromMethodDescriptorString(
                layout.descriptor(function).descriptorString(), linkage.loader());
        return find(layout.owner(function).descriptorString(), name, type);
    }

    private MethodHandle find(String owner, String name, MethodType type) {
        try {
            return LOOKUP.findStatic(load(owner), name, type);
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new AssertionError("compiled method " + name, e);
        }
    }

    private Class<?> load(String descriptor) {
        try {
            String name = descriptor.substring(1, descriptor.length() - 1).replace('/', '.');
            return Class.forName(name, true, linkage.loader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError("compiled class " + descriptor, e);
        }
    }

    /**
     * Has a memory's image made by an operator that is given the one that another instance made first, to share. Instances that begin
     * otherwise, or at the same moment, have images of their own.
     */
    void shareImage(int memory, Function<@Nullable StateImage, StateImage> making) {
        StateImage made = making.apply(images.get(memory));
        images.compareAndSet(memory, null, made);
        all.add(made);
        if (reservesDropped) {
            made.close();
        }
    }

    /** No further instances will come: drops what is kept at hand for them. */
    public void dropReserves() {
        reservesDropped = true;
        List<StateImage> present;
        synchronized (all) {
            present = List.copyOf(all);
        }
        present.forEach(StateImage::close);
    }

    /** The function as an element of tables that the instance owns. */
    CoreFunction template(int function) {
        CoreFunction known = templates[function];
        if (known == null) {
            known = CoreFunction.template(module.signature(function), this, function);
            templates[function] = known;
        }
        return known;
    }

    /** An element segment that is the same for all instances; null if it is not. */
    @Nullable Object @Nullable [] sharedSegment(int segment) {
        @Nullable Object[] known = segments.get(segment);
        if (known == null) {
            List<Module.Element> elements = source().elements().get(segment).elements();
            known = new Object[elements.size()];
            for (int i = 0; i < known.length; i++) {
                if (!(elements.get(i) instanceof Module.Element.Func(int function))
                        || function < source().importedFunctions()) {
                    return null;
                }
                known[i] = template(function);
            }
            segments.set(segment, known);
        }
        return known;
    }

    /** A fresh instance with an interrupt and limits of its own. */
    public CoreInstance instantiate(Imports imports) {
        return instantiate(imports, new Interrupt(), ResourceLimits.none());
    }

    /**
     * A fresh instance: checks the imports, makes memories, tables and globals, runs active segments and the start function.
     * WebAssembly 3.0, "Instantiation".
     *
     * @param interrupt that of the store
     * @param limits those of the store
     */
    public CoreInstance instantiate(Imports imports, Interrupt interrupt, ResourceLimits limits) {
        CoreInstance instance = newInstance();
        new Instantiation(this, instance, imports, limits).run(interrupt);
        return instance;
    }

    private CoreInstance newInstance() {
        try {
            return (CoreInstance) constructor().invokeExact();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private MethodHandle constructor() {
        MethodHandle known = constructor;
        if (known == null) {
            try {
                known = LOOKUP.findConstructor(
                                load(code.layout().instance().descriptorString()), MethodType.methodType(void.class))
                        .asType(MethodType.methodType(CoreInstance.class));
            } catch (NoSuchMethodException | IllegalAccessException e) {
                throw new AssertionError("compiled constructor", e);
            }
            constructor = known;
        }
        return known;
    }

    /** What the classes of the module ask for. */
    private final class Classes implements GuestModule {
        @Override
        public byte @Nullable [] classFile(String simpleName) {
            return code.classFile(simpleName);
        }

        @Override
        public MethodHandle importTarget(int function, MethodType type) {
            int last = type.parameterCount() - 1;
            Class<?> instance = type.parameterType(last);
            MethodHandle context;
            try {
                context = LOOKUP.findGetter(instance, "function" + function, Object.class);
            } catch (NoSuchFieldException | IllegalAccessException e) {
                throw new AssertionError("compiled field", e);
            }
            MethodType plain = type.changeParameterType(last, Object.class);
            MethodHandle target = switch (targets.get(function)) {
                case ImportTarget.Static source -> source.target().asType(plain);
                case ImportTarget.Dynamic _ ->
                    find(code.layout().calls().descriptorString(), code.layout().reference(function), plain);
            };
            return MethodHandles.filterArguments(target, last, context);
        }

        @Override
        public Object signature(int typeIndex) {
            return module.signatures().get(typeIndex);
        }
    }
}
