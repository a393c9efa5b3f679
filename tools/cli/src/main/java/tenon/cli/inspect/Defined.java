package tenon.cli.inspect;

import java.util.Optional;
import tenon.component.Alias;
import tenon.component.Canon;
import tenon.component.ComponentInstance;
import tenon.component.CoreInstance;
import tenon.component.CoreModule;
import tenon.component.CoreTypeDefinition;
import tenon.component.Definition;
import tenon.component.Export;
import tenon.component.ExternDescription;
import tenon.component.Import;
import tenon.component.NestedComponent;
import tenon.component.Sort;
import tenon.component.Start;
import tenon.component.TypeDefinition;
import tenon.component.ValueDefinition;

/** To what index space a definition adds an entry: Explainer.md, "Index Spaces". */
final class Defined {
    private Defined() {}

    /** Empty for a start function, which adds any number of values. */
    static Optional<Sort> sort(Definition definition) {
        return switch (definition) {
            case CoreModule _ -> Optional.of(Sort.CORE_MODULE);
            case NestedComponent _ -> Optional.of(Sort.COMPONENT);
            case CoreInstance _ -> Optional.of(Sort.CORE_INSTANCE);
            case ComponentInstance _ -> Optional.of(Sort.INSTANCE);
            case CoreTypeDefinition _ -> Optional.of(Sort.CORE_TYPE);
            case TypeDefinition _ -> Optional.of(Sort.TYPE);
            case Alias alias -> Optional.of(alias.sort());
            case Canon.Lift _ -> Optional.of(Sort.FUNC);
            case Canon _ -> Optional.of(Sort.CORE_FUNC);
            case Import imported -> Optional.of(sort(imported.type()));
            case Export export -> Optional.of(export.item().sort());
            case ValueDefinition _ -> Optional.of(Sort.VALUE);
            case Start _ -> Optional.empty();
        };
    }

    private static Sort sort(ExternDescription type) {
        return switch (type) {
            case ExternDescription.ModuleUse _ -> Sort.CORE_MODULE;
            case ExternDescription.FunctionUse _ -> Sort.FUNC;
            case ExternDescription.ComponentUse _ -> Sort.COMPONENT;
            case ExternDescription.InstanceUse _ -> Sort.INSTANCE;
            case ExternDescription.TypeEqual _, ExternDescription.SubResource _ -> Sort.TYPE;
            case ExternDescription.ValueEqual _, ExternDescription.ValueOf _ -> Sort.VALUE;
        };
    }
}
