package tenon.component;

import java.util.List;
import tenon.types.InvalidException;
import tenon.types.component.PlainName;

/** Finds names that have to be switched on: those of getters and setters. */
final class GatedNames {
    private GatedNames() {}

    /** Raises an {@link InvalidException} for the first such name of a component, or of what stands in it. */
    static void check(Component component) {
        for (Definition definition : component.definitions()) {
            switch (definition) {
                case Import each -> check(each.name(), each.offset());
                case Export each -> check(each.name(), each.offset());
                case TypeDefinition type -> check(type.expression());
                case NestedComponent nested -> check(nested.component());
                case ComponentInstance.FromExports instance ->
                    instance.exports().forEach(each -> check(each.name(), instance.offset()));
                case ComponentInstance.Instantiate _,
                        CoreModule _,
                        CoreInstance _,
                        CoreTypeDefinition _,
                        Alias _,
                        Canon _,
                        Start _,
                        ValueDefinition _ -> {}
            }
        }
    }

    private static void check(TypeExpression expression) {
        if (expression instanceof TypeExpression.ComponentOf(List<Declaration> declarations)) {
            declarations.forEach(GatedNames::check);
        } else if (expression instanceof TypeExpression.InstanceOf(List<Declaration> declarations)) {
            declarations.forEach(GatedNames::check);
        }
    }

    private static void check(Declaration declaration) {
        switch (declaration) {
            case Import each -> check(each.name(), each.offset());
            case ExportDeclaration each -> check(each.name(), each.offset());
            case TypeDefinition type -> check(type.expression());
            case CoreTypeDefinition _, Alias _ -> {}
        }
    }

    private static void check(ExternalName name, long offset) {
        if (name.name() instanceof PlainName plain && plain.access() != PlainName.Access.CALL) {
            throw new InvalidException(
                    offset, "name `" + name + "` is that of a getter or setter, which is not switched on");
        }
    }
}
