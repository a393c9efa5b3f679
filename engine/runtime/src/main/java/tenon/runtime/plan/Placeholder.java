package tenon.runtime.plan;

import java.util.LinkedHashMap;
import tenon.types.component.ComponentType;
import tenon.types.component.CoreModuleType;
import tenon.types.component.ExternType;
import tenon.types.component.FunctionType;
import tenon.types.component.InstanceType;
import tenon.types.component.TypeExtern;
import tenon.types.component.ValueExtern;

/** What stands where an import is missing, so that planning goes on and finds all that is missing; no plan is made of it. */
public final class Placeholder {
    private Placeholder() {}

    /** Something of the type. */
    public static Item of(ExternType type) {
        return switch (type) {
            case FunctionType function -> new Item.Lifted(-1, function);
            case TypeExtern _ -> Item.Type.TYPE;
            case InstanceType instance -> {
                var items = new LinkedHashMap<String, Item>();
                instance.exports().forEach((name, each) -> items.put(name, of(each)));
                yield new Item.Instance(items);
            }
            case ComponentType _, CoreModuleType _, ValueExtern _ -> new Item.Missing();
        };
    }
}
