package tenon.component.resolve;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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

/** Finds the resource types that a type mentions and does not bind itself. */
final class FreeResources {
    private final Set<ResourceType> bound = new HashSet<>();
    private final Set<Object> visited = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<ResourceType> found = new LinkedHashSet<>();

    private FreeResources() {}

    /** In the order in which they are met. */
    static Set<ResourceType> of(DefinedType type) {
        var search = new FreeResources();
        search.visit(type);
        return search.found;
    }

    private void visit(DefinedType type) {
        if (!visited.add(type)) {
            return;
        }
        switch (type) {
            case ResourceType resource -> found(resource);
            case OwnType own -> found(own.resource());
            case BorrowType borrow -> found(borrow.resource());
            case ValueType value -> value.parts().forEach(this::visit);
            case FunctionType function -> {
                function.paramTypes().forEach(this::visit);
                function.result().ifPresent(this::visit);
            }
            case InstanceType instance -> {
                bound.addAll(instance.resources());
                visitAll(instance.exports().values());
            }
            case ComponentType component -> {
                bound.addAll(List.copyOf(component.importedResources()));
                bound.addAll(List.copyOf(component.exportedResources()));
                visitAll(component.imports().values());
                visitAll(component.exports().values());
            }
        }
    }

    private void visitAll(Collection<ExternType> externs) {
        for (ExternType extern : externs) {
            switch (extern) {
                case FunctionType function -> visit(function);
                case InstanceType instance -> visit(instance);
                case ComponentType component -> visit(component);
                case CoreModuleType _ -> {}
                case TypeExtern defined -> visit(defined.type());
                case ValueExtern value -> visit(value.type());
            }
        }
    }

    private void found(ResourceType resource) {
        if (!bound.contains(resource)) {
            found.add(resource);
        }
    }
}
