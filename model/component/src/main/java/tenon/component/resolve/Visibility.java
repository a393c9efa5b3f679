package tenon.component.resolve;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import tenon.types.InvalidException;
import tenon.types.component.BorrowType;
import tenon.types.component.ComponentType;
import tenon.types.component.CoreModuleType;
import tenon.types.component.DefinedType;
import tenon.types.component.ExternType;
import tenon.types.component.FunctionType;
import tenon.types.component.InstanceType;
import tenon.types.component.OwnType;
import tenon.types.component.ResourceType;
import tenon.types.component.TypeExtern;
import tenon.types.component.ValueExtern;
import tenon.types.component.ValueType;

/**
 * Which types of one component or component type can be seen from outside: Explainer.md, "External Visibility of Types". Resources,
 * records, variants, enums and flags that an import mentions have to be imported by names in front of it; those that an export mentions,
 * imported or exported. A type that is named anew is another object, see {@link Naming}. Confined to one thread.
 */
final class Visibility {
    private final Naming naming;
    private final Complexity complexity;
    private final Set<DefinedType> imported = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<DefinedType> exported = Collections.newSetFromMap(new IdentityHashMap<>());

    Visibility(Naming naming, Complexity complexity) {
        this.naming = naming;
        this.complexity = complexity;
    }

    void checkImport(ExternType type, long offset) {
        complexity.spend(complexity.size(type), offset);
        if (!isImportable(type)) {
            throw new InvalidException(
                    offset,
                    type.sort() + " not valid to be used as import: it mentions a type that is not imported by a name");
        }
    }

    void checkExport(ExternType type, long offset) {
        complexity.spend(complexity.size(type), offset);
        if (!isExportable(type)) {
            throw new InvalidException(
                    offset,
                    type.sort() + " not valid to be used as export: it mentions a type that has no name outside");
        }
    }

    private boolean isImportable(ExternType type) {
        return switch (type) {
            case TypeExtern(DefinedType named) -> {
                DefinedType origin = naming.origin(named);
                if (exported.contains(origin) && !imported.contains(origin) || !isVisibleInside(origin, imported)) {
                    yield false;
                }
                imported.add(named);
                exported.add(named);
                yield true;
            }
            case InstanceType instance -> instance.exports().values().stream().allMatch(this::isImportable);
            case FunctionType function -> mentionsOnly(function, imported);
            case ValueExtern value -> isVisible(value.type(), imported);
            case ComponentType _, CoreModuleType _ -> true;
        };
    }

    private boolean isExportable(ExternType type) {
        return switch (type) {
            case TypeExtern(DefinedType named) -> {
                if (!isVisibleInside(naming.origin(named), exported)) {
                    yield false;
                }
                exported.add(named);
                yield true;
            }
            case InstanceType instance -> instance.exports().values().stream().allMatch(this::isExportable);
            case FunctionType function -> mentionsOnly(function, exported);
            case ValueExtern value -> isVisible(value.type(), exported);
            case ComponentType _, CoreModuleType _ -> true;
        };
    }

    /** Whether all that a type consists of can be seen, so that it can be given a name. */
    private static boolean isVisibleInside(DefinedType type, Set<DefinedType> names) {
        return switch (type) {
            case ResourceType _, ComponentType _ -> true;
            case FunctionType function -> mentionsOnly(function, names);
            case InstanceType instance -> isVisibleInside(instance, names);
            case OwnType own -> names.contains(own.resource());
            case BorrowType borrow -> names.contains(borrow.resource());
            case ValueType value -> value.parts().stream().allMatch(part -> isVisible(part, names));
        };
    }

    /** What an instance type exports has names inside of it. */
    private static boolean isVisibleInside(InstanceType type, Set<DefinedType> names) {
        List<DefinedType> added = new ArrayList<>();
        boolean visible = type.exports().values().stream().allMatch(export -> switch (export) {
            case CoreModuleType _, ComponentType _ -> true;
            case FunctionType function -> mentionsOnly(function, names);
            case InstanceType instance -> isVisibleInside(instance, names);
            case ValueExtern value -> isVisible(value.type(), names);
            case TypeExtern(DefinedType named) -> {
                boolean inside = isVisibleInside(named, names);
                if (inside && names.add(named)) {
                    added.add(named);
                }
                yield inside;
            }
        });
        added.forEach(names::remove);
        return visible;
    }

    private static boolean mentionsOnly(FunctionType function, Set<DefinedType> names) {
        return function.paramTypes().stream().allMatch(type -> isVisible(type, names))
                && function.result().stream().allMatch(type -> isVisible(type, names));
    }

    private static boolean isVisible(ValueType type, Set<DefinedType> names) {
        return Naming.isNominal(type) ? names.contains(type) : isVisibleInside(type, names);
    }
}
