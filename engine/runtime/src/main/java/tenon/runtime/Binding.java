package tenon.runtime;

import java.lang.invoke.MutableCallSite;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tenon.types.LinkException;

/**
 * A place that one provider takes at a time, and that another can take while components call it: {@link Linker#provide(Binding)}.
 * Thread-safe.
 *
 * <p>Policy: a call goes to the provider that is there when it begins, and ends there. A resource belongs to the provider that made it:
 * calls to it go there until it is dropped. Each instance of a component has an instance of the provider of its own, made at its first
 * call; after a replacement the next call makes one of the new provider, and the old one ends as soon as no call is in it and no
 * resource of it is held. An instance that nobody calls any more ends with its store.
 *
 * <p>The instances of a provider have the limits of their store, each for itself.
 */
public final class Binding implements AutoCloseable {
    /**
     * Guards that no providers need each other in a circle, which two replacements at a time could bring about that each sees nothing
     * of the other. Held before {@code lock}; no guest runs under it, and nothing is compiled.
     */
    private static final Object CIRCLES = new Object();

    private final Runtime runtime;

    /** Guards {@code borders}, what calls go to, and writing {@code current}; no guest runs under it, and nothing is linked. */
    private final Object lock = new Object();

    private final List<WeakReference<Border>> borders = new ArrayList<>();
    private volatile @Nullable Generation current;

    /**
     * A binding with its first provider.
     *
     * @throws LinkException as {@link Linker#link} does
     */
    public Binding(Runtime runtime, Provider first) {
        this.runtime = runtime;
        this.current = Generation.of(runtime, first);
    }

    /** What provides now. */
    public Provider provider() {
        return present().provider();
    }

    /**
     * Has another provider take the place: calls that begin from now on go to it.
     *
     * @return what is left of the one before
     * @throws LinkException if it cannot be linked, or does not fit what a component that is linked to this binding imports, listing
     *     all that is amiss; the one before stays then
     */
    public Retirement replace(Provider next) {
        Generation fresh = Generation.of(runtime, next);
        Generation old;
        synchronized (CIRCLES) {
            synchronized (lock) {
                old = present();
                requireFit(fresh);
                current = fresh;
                redirect();
            }
        }
        old.retire();
        return new Retirement(old);
    }

    private void requireFit(Generation fresh) {
        if (reaches(fresh, new HashSet<>())) {
            fresh.retire();
            throw new LinkException("the provider needs itself: components cannot be linked in a circle");
        }
        List<String> misfits = openBorders().stream()
                .flatMap(border -> border.misfits(fresh).stream())
                .distinct()
                .toList();
        if (!misfits.isEmpty()) {
            fresh.retire();
            throw Assembly.refusal("the provider", misfits);
        }
    }

    /** Whether a provider calls, in some number of steps, what provides for this binding. */
    private boolean reaches(Generation from, Set<Binding> seen) {
        return from.linked().code().outside().borders().stream()
                .map(Border::binding)
                .anyMatch(other -> other == this
                        || seen.add(other) && other.current instanceof Generation next && reaches(next, seen));
    }

    /** Has all calls look anew where they go. */
    private void redirect() {
        List<LateFunction> all = openBorders().stream()
                .flatMap(border -> border.functions().stream())
                .toList();
        all.forEach(LateFunction::unlink);
        MutableCallSite.syncAll(all.stream()
                .flatMap(function -> function.sites().stream())
                .map(LateSite::site)
                .toArray(MutableCallSite[]::new));
    }

    private List<Border> openBorders() {
        var open = new ArrayList<Border>();
        borders.removeIf(each -> {
            Border border = each.get();
            if (border != null) {
                open.add(border);
            }
            return border == null;
        });
        return open;
    }

    /** Adds a border whose functions are called from now on; what has changed since it was found to fit is looked at again. */
    void open(Border border) {
        synchronized (lock) {
            List<String> misfits = border.misfits(present());
            if (!misfits.isEmpty()) {
                throw Assembly.refusal("the component's imports", misfits);
            }
            borders.add(new WeakReference<>(border));
        }
    }

    /** Has calls go straight to a generation, if that is still the present one. */
    void link(LateSite site, Generation generation) {
        synchronized (lock) {
            if (current == generation) {
                site.link(generation);
            }
        }
    }

    /** Whether calls that begin now go to a generation. */
    boolean isPresent(Generation generation) {
        return current == generation;
    }

    /** The generation that calls go to which begin now. */
    Generation present() {
        Generation present = current;
        if (present == null) {
            throw new IllegalStateException("the binding is closed");
        }
        return present;
    }

    /** Takes the provider away: calls fail from now on; what is in use ends as after a replacement. */
    @Override
    public void close() {
        Generation old;
        synchronized (lock) {
            old = current;
            current = null;
            redirect();
        }
        if (old != null) {
            old.retire();
        }
    }
}
