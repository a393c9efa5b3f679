package tenon.make.unbundle;

import java.util.List;
import java.util.Optional;
import tenon.component.Alias;
import tenon.component.Canon;
import tenon.component.ComponentInstance;
import tenon.component.CoreInstance;
import tenon.component.CoreModule;
import tenon.component.CoreTypeDefinition;
import tenon.component.Declaration;
import tenon.component.Definition;
import tenon.component.Export;
import tenon.component.ExportDeclaration;
import tenon.component.ExternDescription;
import tenon.component.Import;
import tenon.component.NestedComponent;
import tenon.component.Sort;
import tenon.component.SortIndex;
import tenon.component.Start;
import tenon.component.TypeDefinition;
import tenon.component.TypeExpression;
import tenon.component.ValueDefinition;
import tenon.make.MakeException;
import tenon.types.core.FuncType;
import tenon.types.core.HeapType;
import tenon.types.core.RefType;
import tenon.types.core.SubType;
import tenon.types.core.ValType;

/**
 * Definitions again, with core types and core modules of the outermost component further behind.
 *
 * @param types how far core types are moved
 * @param modules how far core modules are moved
 * @param depth how many components lie around that of the definitions
 */
record ShiftedIndices(int types, int modules, int depth) {

    Definition shifted(Definition definition) {
        return switch (definition) {
            case CoreInstance.Instantiate(int module, List<CoreInstance.Argument> arguments, long offset) ->
                new CoreInstance.Instantiate(module(module), arguments, offset);
            case CoreTypeDefinition type -> coreType(type, depth);
            case TypeDefinition(TypeExpression expression, long offset) ->
                new TypeDefinition(expression(expression, depth), offset);
            case Alias alias -> alias(alias, depth);
            case Import(var name, ExternDescription type, long offset) -> new Import(name, extern(type), offset);
            case Export(var name, SortIndex item, Optional<ExternDescription> ascription, long offset) ->
                new Export(name, item(item), ascription.map(this::extern), offset);
            case ComponentInstance.Instantiate(
                    int component,
                    List<ComponentInstance.Argument> arguments,
                    long offset) ->
                new ComponentInstance.Instantiate(
                        component,
                        arguments.stream()
                                .map(each -> new ComponentInstance.Argument(each.name(), item(each.item())))
                                .toList(),
                        offset);
            case ComponentInstance.FromExports(List<ComponentInstance.InlineExport> exports, long offset) ->
                new ComponentInstance.FromExports(
                        exports.stream()
                                .map(each -> new ComponentInstance.InlineExport(each.name(), item(each.item())))
                                .toList(),
                        offset);
            case Canon.ThreadNewIndirect(int type, int table, long offset) ->
                new Canon.ThreadNewIndirect(type(type), table, offset);
            case Canon.ThreadSpawnRef(boolean shared, int type, long offset) ->
                new Canon.ThreadSpawnRef(shared, type(type), offset);
            case Canon.ThreadSpawnIndirect(boolean shared, int type, int table, long offset) ->
                new Canon.ThreadSpawnIndirect(shared, type(type), table, offset);
            case ValueDefinition _ ->
                throw new MakeException("a component with value definitions cannot be taken apart");
            case Canon _, CoreInstance.FromExports _, CoreModule _, NestedComponent _, Start _ -> definition;
        };
    }

    private int type(int index) {
        return depth == 0 ? index + types : index;
    }

    private int module(int index) {
        return depth == 0 ? index + modules : index;
    }

    private SortIndex item(SortIndex item) {
        return switch (item.sort()) {
            case CORE_TYPE -> new SortIndex(item.sort(), type(item.index()));
            case CORE_MODULE -> new SortIndex(item.sort(), module(item.index()));
            default -> item;
        };
    }

    private ExternDescription extern(ExternDescription type) {
        return type instanceof ExternDescription.ModuleUse(int index)
                ? new ExternDescription.ModuleUse(type(index))
                : type;
    }

    /** An alias in a scope of which {@code outside} others lie outwards. */
    private Alias alias(Alias alias, int outside) {
        if (!(alias instanceof Alias.Outer(Sort sort, int count, int index, long offset)) || count != outside) {
            return alias;
        }
        return switch (sort) {
            case CORE_TYPE -> new Alias.Outer(sort, count, index + types, offset);
            case CORE_MODULE -> new Alias.Outer(sort, count, index + modules, offset);
            default -> alias;
        };
    }

    private CoreTypeDefinition coreType(CoreTypeDefinition type, int outside) {
        return switch (type) {
            case CoreTypeDefinition.Group group -> {
                group.group().types().forEach(ShiftedIndices::checkClosed);
                yield group;
            }
            case CoreTypeDefinition.ModuleType(List<CoreTypeDefinition.ModuleDeclaration> declarations, long offset) ->
                new CoreTypeDefinition.ModuleType(
                        declarations.stream()
                                .map(each -> declaration(each, outside + 1))
                                .toList(),
                        offset);
        };
    }

    private CoreTypeDefinition.ModuleDeclaration declaration(
            CoreTypeDefinition.ModuleDeclaration declaration, int outside) {
        return declaration instanceof CoreTypeDefinition.ModuleOuterAlias(int count, int index, long offset)
                        && count == outside
                ? new CoreTypeDefinition.ModuleOuterAlias(count, index + types, offset)
                : declaration;
    }

    private static void checkClosed(SubType type) {
        boolean refers = !type.supers().isEmpty()
                || !(type.composite() instanceof FuncType function)
                || function.params().stream().anyMatch(ShiftedIndices::refers)
                || function.results().stream().anyMatch(ShiftedIndices::refers);
        if (refers) {
            throw new MakeException("a component with core types that refer to others cannot be taken apart");
        }
    }

    private static boolean refers(ValType type) {
        return type instanceof RefType ref && ref.heap() instanceof HeapType.Defined;
    }

    private TypeExpression expression(TypeExpression expression, int outside) {
        return switch (expression) {
            case TypeExpression.ComponentOf(List<Declaration> declarations) ->
                new TypeExpression.ComponentOf(declarations(declarations, outside + 1));
            case TypeExpression.InstanceOf(List<Declaration> declarations) ->
                new TypeExpression.InstanceOf(declarations(declarations, outside + 1));
            default -> expression;
        };
    }

    /** In a type all but aliases is about the type's own index spaces. */
    private List<Declaration> declarations(List<Declaration> declarations, int outside) {
        return declarations.stream()
                .map(each -> switch (each) {
                    case TypeDefinition(TypeExpression expression, long offset) ->
                        new TypeDefinition(expression(expression, outside), offset);
                    case CoreTypeDefinition type -> coreType(type, outside);
                    case Alias alias -> alias(alias, outside);
                    case Import _, ExportDeclaration _ -> each;
                })
                .toList();
    }
}
