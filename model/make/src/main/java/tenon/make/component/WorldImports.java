package tenon.make.component;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import tenon.component.Alias;
import tenon.component.Declaration;
import tenon.component.ExportDeclaration;
import tenon.component.ExternDescription;
import tenon.component.ExternalName;
import tenon.component.Sort;
import tenon.component.TypeDefinition;
import tenon.component.TypeExpression;
import tenon.wit.Function;
import tenon.wit.InterfaceId;
import tenon.wit.TypeId;
import tenon.wit.World;

/** Writes the imports of a component: those that a module uses, with the types that they and the exports stand on. */
record WorldImports(Assembly assembly) {

    void write() {
        Plan plan = assembly.plan;
        plan.imports.forEach(
                (name, group) -> group.id().ifPresent(id -> writeInterface(name.orElseThrow(), id, group)));
        for (World.Item item : plan.world().imports().values()) {
            if (item instanceof World.Item.OfType(TypeId id)) {
                assembly.importedTypes().value(id);
            }
        }
        ImportGroup functions = plan.imports.get(Optional.<String>empty());
        if (functions != null) {
            plan.world().imports().values().forEach(item -> {
                if (item instanceof World.Item.OfFunction(Function function) && functions.uses(function.name())) {
                    int type = assembly.importedTypes().function(function);
                    ExternalName name = TypeScope.name(function.name(), function.remarks());
                    int index = assembly.out.importItem(name, new ExternDescription.FunctionUse(type));
                    assembly.importedFunctions.put(function.name(), index);
                }
            });
        }
    }

    private void writeInterface(String name, InterfaceId id, ImportGroup group) {
        var declarations = new InstanceDeclarations(assembly);
        var scope = new TypeScope(assembly.plan.graph, Optional.of(id), new TypeMaps(), declarations);
        SequencedSet<TypeId> live = assembly.plan.liveTypes.get(id);
        if (live != null) {
            live.forEach(scope::value);
        }
        for (Function function : assembly.plan.graph.get(id).functions().values()) {
            if (group.uses(function.name())) {
                declarations.export(TypeScope.name(function.name(), function.remarks()), scope.function(function));
            }
        }
        if (declarations.all.isEmpty()) {
            return;
        }
        int type = assembly.out.type(new TypeExpression.InstanceOf(declarations.all));
        assembly.out.name(Sort.TYPE, type, "ty-" + name);
        ExternalName external = new InterfaceNames(assembly.plan).of(name, group.attributes());
        int instance = assembly.out.importItem(external, new ExternDescription.InstanceUse(type));
        assembly.out.name(Sort.INSTANCE, instance, name);
        assembly.interfaces.put(id, instance);
    }

    /** The declarations of an instance type. */
    private static final class InstanceDeclarations implements TypeScope.Target {
        private final Assembly assembly;
        private final List<Declaration> all = new ArrayList<>();
        private int types;

        InstanceDeclarations(Assembly assembly) {
            this.assembly = assembly;
        }

        @Override
        public int define(TypeExpression type) {
            all.add(new TypeDefinition(type, 0));
            return types++;
        }

        @Override
        public int named(ExternalName name, int index) {
            all.add(new ExportDeclaration(name, new ExternDescription.TypeEqual(index), 0));
            return types++;
        }

        @Override
        public int resource(ExternalName name) {
            all.add(new ExportDeclaration(name, new ExternDescription.SubResource(), 0));
            return types++;
        }

        @Override
        public int foreign(InterfaceId owner, TypeId id) {
            all.add(new Alias.Outer(Sort.TYPE, 1, assembly.typeOf(owner, id), 0));
            return types++;
        }

        void export(ExternalName name, int function) {
            all.add(new ExportDeclaration(name, new ExternDescription.FunctionUse(function), 0));
        }
    }
}
