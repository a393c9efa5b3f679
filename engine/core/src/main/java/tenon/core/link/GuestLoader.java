package tenon.core.link;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The class loader of a linkage: a package for each module, classes compiled when the JVM first resolves a name. So calls
 * between functions are plain static calls and yet nothing is compiled before it is called. Unloads with its classes.
 * Thread-safe.
 */
public final class GuestLoader extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private static final AtomicInteger LOADERS = new AtomicInteger();

    private final Map<String, GuestModule> modules = new ConcurrentHashMap<>();
    private final Runnable beforeLoading;
    private final Map<String, Integer> packages = new ConcurrentHashMap<>();

    /** A loader that runs {@code beforeLoading} whenever a class is asked for: a guest that has used up its stack may be who asks. */
    public GuestLoader(Runnable beforeLoading) {
        super("guest-" + LOADERS.getAndIncrement(), GuestLoader.class.getClassLoader());
        this.beforeLoading = beforeLoading;
    }

    /** A package of this name for {@link #add}, or of one like it if that is taken. */
    public String newPackage(String name) {
        int taken = packages.merge(name, 1, Integer::sum) - 1;
        return taken == 0 ? name : name + "_" + taken;
    }

    /** Makes a module's classes findable in its package. */
    public void add(String packageName, GuestModule module) {
        modules.put(packageName, module);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        beforeLoading.run();
        return super.loadClass(name, resolve);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        int dot = name.lastIndexOf('.');
        GuestModule module = dot < 0 ? null : modules.get(name.substring(0, dot));
        byte @Nullable [] bytes = module == null ? null : module.classFile(name.substring(dot + 1));
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            return known != null ? known : defineClass(name, bytes, 0, bytes.length);
        }
    }

    /** The module that a class of this kind of loader belongs to. */
    public static GuestModule moduleOf(Class<?> compiled) {
        GuestLoader loader = (GuestLoader) compiled.getClassLoader();
        GuestModule module = loader.modules.get(compiled.getPackageName());
        if (module == null) {
            throw new IllegalArgumentException(compiled.getName() + " is no class of a guest");
        }
        return module;
    }
}
