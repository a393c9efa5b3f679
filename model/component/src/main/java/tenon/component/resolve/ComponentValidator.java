package tenon.component.resolve;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tenon.component.Component;
import tenon.component.ComponentFeatures;
import tenon.component.Problems;
import tenon.component.UnknownException;
import tenon.component.read.ComponentDecoder;
import tenon.types.MalformedException;
import tenon.types.Place;
import tenon.types.TenonException;
import tenon.wasm.Binary;
import tenon.wasm.Features;
import tenon.wasm.Module;
import tenon.wasm.ModuleValidator;

/**
 * Finds all that is wrong with a component, as far as it can be told: of each section what is malformed first; and if all could be read,
 * of each definition and of each body of a core function what is wrong first. What stands on a wrong definition is not judged.
 */
public final class ComponentValidator {
    private final Problems problems = Problems.collecting();
    private final Features core;

    private ComponentValidator(Features core) {
        this.core = core;
    }

    /**
     * What is wrong, in the order of the binary; nothing if the component is valid.
     *
     * @param features that the component may use
     * @param core features that its core modules may use
     */
    public static List<TenonException> problems(byte[] bytes, ComponentFeatures features, Features core) {
        var validator = new ComponentValidator(core);
        validator.run(Binary.of(bytes), features);
        var found = new ArrayList<>(validator.problems.found());
        found.sort(Comparator.comparingLong(ComponentValidator::offset));
        return List.copyOf(found);
    }

    private void run(Binary binary, ComponentFeatures features) {
        try {
            Optional<Component> component = ComponentDecoder.decode(binary, features, problems);
            component.ifPresent(each -> Resolution.validate(each, this::check, problems));
        } catch (MalformedException frame) {
            problems.add(frame);
        }
    }

    private void check(Module module) {
        ModuleValidator.Findings findings = ModuleValidator.find(module, core);
        findings.all().forEach(problems::add);
        if (!findings.declarations().isEmpty()) {
            throw new UnknownException(0, "core module");
        }
    }

    private static long offset(TenonException problem) {
        return problem.place() instanceof Place.ByteOffset(long offset) ? offset : Long.MAX_VALUE;
    }
}
