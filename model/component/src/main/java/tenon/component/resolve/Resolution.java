package tenon.component.resolve;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import tenon.component.Component;
import tenon.component.Problems;
import tenon.component.ValueDefinition;
import tenon.types.InvalidException;
import tenon.types.TenonException;
import tenon.types.component.ComponentType;
import tenon.types.component.ExternType;
import tenon.types.component.ValueType;
import tenon.wasm.Module;
import tenon.wasm.ModuleValidator;

/**
 * Turns the indices of a component into what they stand for, once for each place where a component is instantiated. Which components
 * are instantiated with what is known before anything runs; so resource types are followed through imports, aliases and exports to the
 * definition, or to the import of the outermost component, that they come from.
 *
 * <p>Before that the component is validated: Explainer.md and Binary.md, "Component Definitions" and what follows. Each definition is
 * checked as it is met, on the types that its component is allowed to know: what is imported, instantiated or hidden by an ascription is
 * no more than its type. Core modules are validated, nested components even if nothing instantiates them.
 */
public final class Resolution {
    private final Complexity complexity = new Complexity();
    private final Naming naming = new Naming();
    private final Consumer<Module> validation;
    private final Problems problems;
    private final Map<Long, ValueType> constants = new HashMap<>();
    private boolean onlyTypes;

    private Resolution(Consumer<Module> validation, Problems problems) {
        this.validation = validation;
        this.problems = problems;
    }

    /**
     * Resolves the outermost component; its imports make resource types of their own.
     *
     * @throws InvalidException with the offset of the definition that is wrong
     */
    public static IndexSpaces of(Component component) {
        return of(component, Arguments.NONE, ModuleValidator::validate);
    }

    /**
     * Resolves a component of which some imports are met: they stand for what meets them, the others for themselves.
     *
     * @param validation of core modules: {@link ModuleValidator}, or somebody who knows its answer
     * @throws InvalidException with the offset of the definition that is wrong
     */
    public static IndexSpaces of(Component component, Arguments arguments, Consumer<Module> validation) {
        validate(component, validation, Problems.strict());
        var resolution = new Resolution(validation, Problems.strict());
        var spaces = new IndexSpaces(Optional.of(component), Optional.empty());
        Instantiation.of(resolution, spaces, arguments, 0).resolve(component);
        return spaces;
    }

    /** Validates a component, and tells {@code problems} all that is wrong. */
    static void validate(Component component, Consumer<Module> validation, Problems problems) {
        var resolution = new Resolution(validation, problems);
        var spaces = new IndexSpaces(Optional.of(component), Optional.empty());
        Instantiation.abstractly(resolution, spaces).resolve(component);
    }

    /** The types of items that are already resolved. */
    public static SequencedMap<String, ExternType> types(SequencedMap<String, Item> items) {
        return ExternItems.types(items, new Resolution(ModuleValidator::validate, Problems.strict()), 0);
    }

    /**
     * The types of a component's constants, as far as they can be told, by the offsets of their definitions; of components inside it, too.
     * The component need not be valid, and what its constants hold is not looked at.
     */
    public static Map<Long, ValueType> constants(Component component) {
        var resolution = new Resolution(_ -> {}, Problems.collecting());
        resolution.onlyTypes = true;
        var spaces = new IndexSpaces(Optional.of(component), Optional.empty());
        try {
            Instantiation.abstractly(resolution, spaces).resolve(component);
        } catch (TenonException _) {
            // a component too complex to be followed: what was met before is known
        }
        return Map.copyOf(resolution.constants);
    }

    /** Notes the type of a constant; whether what it holds has to be looked at. */
    boolean constant(ValueDefinition definition, ValueType type) {
        constants.put(definition.offset(), type);
        return !onlyTypes;
    }

    Complexity complexity() {
        return complexity;
    }

    Naming naming() {
        return naming;
    }

    Problems problems() {
        return problems;
    }

    /** Validates a core module. */
    void validate(Module module) {
        validation.accept(module);
    }

    /** The type of a component whose definition is there. */
    ComponentType typeOf(Item.DefinedComponent item, long offset) {
        var spaces = new IndexSpaces(Optional.of(item.component()), Optional.of(item.outer()));
        var instantiation = Instantiation.of(this, spaces, Arguments.NONE, offset);
        instantiation.resolve(item.component());
        return instantiation.type(offset);
    }
}
