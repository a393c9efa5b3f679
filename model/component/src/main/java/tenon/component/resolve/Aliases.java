package tenon.component.resolve;

import java.util.Optional;
import tenon.component.Alias;
import tenon.component.Sort;
import tenon.types.InvalidException;
import tenon.types.component.DefinedType;

/** Resolves aliases: Binary.md, "Alias Definitions". */
final class Aliases {
    private Aliases() {}

    /** The item that an alias of an instance's export means. */
    static Item export(IndexSpaces scope, Alias.InstanceExport alias) {
        Item.Instance instance = IndexSpaces.at(scope.instances, alias.instance(), Sort.INSTANCE, alias.offset());
        Item item = instance.exports().get(alias.name());
        if (item == null) {
            throw new InvalidException(
                    alias.offset(), "instance " + alias.instance() + " has no export named `" + alias.name() + "`");
        }
        if (item.sort() != alias.sort()) {
            throw new InvalidException(
                    alias.offset(),
                    "export `" + alias.name() + "` for instance " + alias.instance() + " is not a " + alias.sort()
                            + ", found " + item.sort());
        }
        return item;
    }

    /** Adds the item that an alias of a core instance's export means. */
    static void coreExport(IndexSpaces scope, Alias.CoreInstanceExport alias) {
        CoreItem.Exports instance =
                IndexSpaces.at(scope.coreInstances, alias.instance(), Sort.CORE_INSTANCE, alias.offset());
        CoreItem item = instance.items().get(alias.name());
        if (item == null) {
            throw new InvalidException(
                    alias.offset(),
                    "core instance " + alias.instance() + " has no export named `" + alias.name() + "`");
        }
        if (item.sort() != alias.sort()) {
            throw new InvalidException(
                    alias.offset(),
                    "export `" + alias.name() + "` for core instance " + alias.instance() + " is not a " + alias.sort()
                            + ", found " + item.sort());
        }
        scope.add(item);
    }

    /** Adds the entry of an outer scope. */
    static void outer(IndexSpaces scope, Complexity complexity, Alias.Outer alias) {
        long at = alias.offset();
        IndexSpaces target = scope.scope(alias.count(), at);
        switch (alias.sort()) {
            case TYPE -> {
                DefinedType type = IndexSpaces.at(target.types, alias.index(), Sort.TYPE, at)
                        .type();
                if (crossesComponent(scope, alias.count()) && mentionsResource(type)) {
                    throw new InvalidException(
                            at,
                            "cannot alias outer type " + alias.index()
                                    + ": it transitively refers to resources not defined in the current component");
                }
                complexity.alias(scope, type, at);
                scope.types.add(new Item.Type(type));
            }
            case CORE_TYPE -> scope.coreTypes.add(IndexSpaces.at(target.coreTypes, alias.index(), Sort.CORE_TYPE, at));
            case CORE_MODULE -> scope.add(IndexSpaces.at(target.coreModules, alias.index(), Sort.CORE_MODULE, at));
            case COMPONENT -> scope.add(IndexSpaces.at(target.components, alias.index(), Sort.COMPONENT, at));
            case CORE_FUNC, CORE_TABLE, CORE_MEMORY, CORE_GLOBAL, CORE_TAG, CORE_INSTANCE, FUNC, VALUE, INSTANCE ->
                throw new InvalidException(
                        at,
                        "outer aliases are of core types, core modules, types or components, found " + alias.sort());
        }
    }

    private static boolean crossesComponent(IndexSpaces scope, int count) {
        Optional<IndexSpaces> each = Optional.of(scope);
        for (int i = 0; i < count && each.isPresent(); i++) {
            if (each.get().component().isPresent()) {
                return true;
            }
            each = each.get().outer();
        }
        return false;
    }

    /** Whether a resource type that the type does not bind itself is in it. */
    private static boolean mentionsResource(DefinedType type) {
        return !FreeResources.of(type).isEmpty();
    }
}
