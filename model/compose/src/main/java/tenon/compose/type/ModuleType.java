package tenon.compose.type;

import tenon.types.component.CoreModuleType;

/** The type of a core module. */
public record ModuleType(CoreModuleType type) implements Type {
    @Override
    public String word() {
        return "module type";
    }
}
