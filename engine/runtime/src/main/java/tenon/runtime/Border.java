package tenon.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tenon.component.Component;
import tenon.component.resolve.Arguments;
import tenon.component.resolve.Item;
import tenon.component.resolve.Resolution;
import tenon.types.InvalidException;
import tenon.types.LinkException;
import tenon.types.component.ResourceType;

/**
 * Where the components of one link call a binding: what they import there, and through which functions. Filled while they are linked,
 * unchanged from then on.
 */
final class Border {
    /** A component that imports from the binding, and what meets its imports. */
    private record Importer(String where, Component component, ImportBinder binder) {}

    private final Binding binding;
    private final int index;
    private final List<Importer> importers = new ArrayList<>();
    private final List<LateFunction> functions = new ArrayList<>();

    Border(Binding binding, int index) {
        this.binding = binding;
        this.index = index;
    }

    Binding binding() {
        return binding;
    }

    /** Its number among the borders of the link. */
    int index() {
        return index;
    }

    void add(LateFunction function) {
        functions.add(function);
    }

    /** Adds a component that imports from the binding; {@code where} stands before what is amiss with it. */
    void add(String where, Component component, ImportBinder binder) {
        importers.add(new Importer(where, component, binder));
    }

    List<LateFunction> functions() {
        return functions;
    }

    /** From now on the binding knows of it. */
    void open() {
        binding.open(this);
    }

    /** What of the present provider does not fit. */
    List<String> misfitsNow() {
        return misfits(binding.present());
    }

    /** What of a provider does not fit: the components are resolved again as if it were linked to them. */
    List<String> misfits(Generation generation) {
        var misfits = new ArrayList<String>();
        for (Importer importer : importers) {
            Resolution.of(importer.component, new Trial(importer, generation, misfits), _ -> {});
        }
        if (misfits.isEmpty()) {
            for (LateFunction function : functions) {
                try {
                    function.lift(generation);
                } catch (LinkException e) {
                    misfits.add(e.fact());
                }
            }
        }
        return misfits;
    }

    /** The imports of a component with a provider that is tried. */
    private final class Trial implements Arguments {
        private final Importer importer;
        private final Generation generation;
        private final List<String> misfits;

        Trial(Importer importer, Generation generation, List<String> misfits) {
            this.importer = importer;
            this.generation = generation;
            this.misfits = misfits;
        }

        @Override
        public Optional<Item> item(String name) {
            Optional<Linker.Late> late = importer.binder.late(name).filter(each -> each.binding() == binding);
            if (late.isEmpty()) {
                return importer.binder.item(name);
            }
            try {
                String export = generation.provider().export(late.get().export());
                return Optional.ofNullable(generation.exports().get(export));
            } catch (LinkException e) {
                misfits.add(importer.where + "`" + name + "`: " + e.fact());
                return Optional.empty();
            }
        }

        @Override
        public void mismatch(String name, InvalidException why) {
            misfits.add(importer.where + "`" + name + "`: what the provider exports does not fit: " + why.fact());
        }

        @Override
        public Optional<ResourceType> resource(String name, String label) {
            return importer.binder.resource(name, label);
        }
    }
}
