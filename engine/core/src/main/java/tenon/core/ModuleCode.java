package tenon.core;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tenon.core.cache.CachedClass;
import tenon.core.cache.CachedModule;
import tenon.core.compile.ModuleCompiler;
import tenon.core.compile.ModuleLayout;

/** The class files of a module in a package: out of the cache, else written now and given to it. Thread-safe. */
final class ModuleCode {
    private final ModuleLayout layout;
    private final Optional<CachedModule> cached;
    private final CodeCounts counts;
    private final String prefix;

    ModuleCode(ModuleLayout layout, Optional<CachedModule> cached, CodeCounts counts) {
        this.layout = layout;
        this.cached = cached;
        this.counts = counts;
        this.prefix = layout.instance().packageName() + ".";
    }

    ModuleLayout layout() {
        return layout;
    }

    /** The class file of a class by its name without package; null if there is no such class. */
    byte @Nullable [] classFile(String simpleName) {
        Optional<CachedClass> known = cached.flatMap(module -> module.find(prefix + simpleName));
        if (known.isPresent()) {
            counts.add(known.get().methods(), known.get().hugeMethods(), true);
            return known.get().bytes();
        }
        var sizes = new Sizes();
        byte[] bytes = new ModuleCompiler(layout, sizes::add).classFile(simpleName);
        if (bytes != null) {
            counts.add(sizes.methods, sizes.hugeMethods, false);
            var compiled = new CachedClass(bytes, sizes.methods, sizes.hugeMethods);
            cached.ifPresent(module -> module.add(prefix + simpleName, compiled));
        }
        return bytes;
    }

    /** Has a class in the cache. */
    void prepare(String simpleName) {
        if (cached.isPresent() && !cached.get().has(prefix + simpleName)) {
            classFile(simpleName);
        }
    }

    /** The methods of one class. */
    private static final class Sizes {
        private int methods;
        private int hugeMethods;

        void add(int bytes) {
            methods++;
            hugeMethods += bytes > CodeCounts.MOST_BYTES ? 1 : 0;
        }
    }
}
