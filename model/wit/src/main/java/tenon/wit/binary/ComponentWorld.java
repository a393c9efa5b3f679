package tenon.wit.binary;

import java.util.Optional;
import tenon.component.Component;
import tenon.component.resolve.Arguments;
import tenon.component.resolve.Resolution;
import tenon.types.Place;
import tenon.types.component.PackageName;
import tenon.wasm.Features;
import tenon.wasm.ModuleValidator;
import tenon.wit.Diagnostic;
import tenon.wit.PackageGraph;
import tenon.wit.WitException;

/**
 * The world of a component as WIT: world {@code root} of package {@code root:component}, and the interfaces that it names, as far as the
 * component knows them.
 */
public final class ComponentWorld {
    private static final PackageName ROOT = new PackageName("root", "component", Optional.empty());
    private static final String WORLD_NAME = "root";

    /** Packages may use each other so deep. */
    static final int DEEPEST = 1000;

    private ComponentWorld() {}

    /** As with {@link Features#STANDARD}. */
    public static PackageGraph of(Component component) {
        return of(component, Features.STANDARD);
    }

    /**
     * Raises the errors of {@link Resolution}, and a {@link WitException} for what WIT has no words for.
     *
     * @param features that its core modules may use
     */
    public static PackageGraph of(Component component, Features features) {
        Resolution.of(component, Arguments.NONE, module -> ModuleValidator.validate(module, features));
        var level = DecodedLevel.of(component);
        var graph = new DecodedGraph();
        graph.world(ROOT, WORLD_NAME, level.imports(), level.exports());
        return graph.finish(ROOT);
    }

    static WitException inexpressible(String fact) {
        return new WitException(Diagnostic.of(Place.NOWHERE, fact + ", which WIT has no words for"));
    }
}
