package tenon.component.resolve;

import tenon.component.Component;
import tenon.component.CoreModule;
import tenon.component.NestedComponent;
import tenon.wasm.Features;
import tenon.wasm.ModuleValidator;

/** The core modules in a component, and in those that are nested in it. */
public final class CoreModules {
    private CoreModules() {}

    /**
     * Validates all of them.
     *
     * @throws tenon.types.InvalidException for the first that is not valid with these features
     */
    public static void validate(Component component, Features features) {
        component.definitions(CoreModule.class).forEach(each -> ModuleValidator.validate(each.module(), features));
        component.definitions(NestedComponent.class).forEach(each -> validate(each.component(), features));
    }
}
