package tenon.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tenon.runtime.abi.NeutralShapes;
import tenon.runtime.abi.Shape;
import tenon.runtime.canon.Signature;
import tenon.runtime.plan.Item;
import tenon.runtime.plan.Placeholder;
import tenon.types.LinkException;
import tenon.types.component.BorrowType;
import tenon.types.component.ComponentType;
import tenon.types.component.CoreModuleType;
import tenon.types.component.ExternType;
import tenon.types.component.FunctionType;
import tenon.types.component.FutureType;
import tenon.types.component.InstanceType;
import tenon.types.component.OwnType;
import tenon.types.component.ResourceType;
import tenon.types.component.StreamType;
import tenon.types.component.TypeExtern;
import tenon.types.component.ValueExtern;
import tenon.types.component.ValueType;

/** Imports that a provider meets which can be replaced. */
final class LateImports {
    private final Assembly assembly;
    private final Function<ResourceType, Shape.ResourceKind> kind;

    /** {@code kind} says who implements a resource type. */
    LateImports(Assembly assembly, Function<ResourceType, Shape.ResourceKind> kind) {
        this.assembly = assembly;
        this.kind = kind;
    }

    /** What stands for an import that {@code late} meets. */
    Item item(Linker.Late late, String name, ExternType type) {
        Border border = assembly.border(late.binding());
        return switch (type) {
            case FunctionType function -> function(border, name, late.export(), "", function);
            case TypeExtern defined -> type(defined);
            case InstanceType instance -> {
                var items = new LinkedHashMap<String, Item>();
                // first its types, which its functions use
                instance.exports().forEach((label, each) -> {
                    if (each instanceof TypeExtern defined) {
                        type(defined);
                    }
                });
                instance.exports()
                        .forEach((label, each) -> items.put(label, export(border, name, late.export(), label, each)));
                yield new Item.Instance(items);
            }
            case ComponentType _, CoreModuleType _, ValueExtern _ -> notLate(name, type);
        };
    }

    private Item export(Border border, String name, String export, String label, ExternType type) {
        return switch (type) {
            case FunctionType function -> function(border, name, export, label, function);
            case TypeExtern _ -> Item.Type.TYPE;
            case InstanceType _, ComponentType _, CoreModuleType _, ValueExtern _ -> notLate(name, type);
        };
    }

    private Item notLate(String name, ExternType type) {
        assembly.amiss("`" + name + "`: a " + type.sort() + " cannot come from a provider that can be replaced");
        return Placeholder.of(type);
    }

    private Item type(TypeExtern defined) {
        if (defined.type() instanceof ResourceType resource
                && assembly.resource(resource).isEmpty()
                && !assembly.isDefined(resource)) {
            assembly.bindLate(resource);
        }
        return Item.Type.TYPE;
    }

    private Item function(Border border, String name, String export, String label, FunctionType type) {
        try {
            if (streamsHandles(type)) {
                throw new LinkException("a stream or future of resources cannot pass to or from it: `" + type + "`");
            }
            var signature = Signature.of(type, each -> NeutralShapes.of(each, kind, LateResource.form()));
            var function = new LateFunction(border, export, label, signature, lateParams(type));
            border.add(function);
            return new Item.Late(assembly.add(function), type);
        } catch (LinkException e) {
            assembly.amiss("`" + name + "`: function `" + (label.isEmpty() ? name : label)
                    + "` of a provider that can be replaced: " + e.fact());
            return Placeholder.of(type);
        }
    }

    private static boolean streamsHandles(FunctionType type) {
        return Stream.concat(type.paramTypes().stream(), type.result().stream())
                .anyMatch(each -> each.contains(part -> switch (part) {
                    case StreamType stream ->
                        stream.element().filter(LateImports::hasHandles).isPresent();
                    case FutureType future ->
                        future.element().filter(LateImports::hasHandles).isPresent();
                    default -> false;
                }));
    }

    private static boolean hasHandles(ValueType type) {
        return type.contains(part -> part instanceof OwnType || part instanceof BorrowType);
    }

    /** The parameters in which a handle of a provider that can be replaced may be. */
    private List<Integer> lateParams(FunctionType type) {
        return IntStream.range(0, type.params().size())
                .filter(i -> type.params().get(i).type().contains(part -> switch (part) {
                    case OwnType own -> assembly.isLate(own.resource());
                    case BorrowType borrow -> assembly.isLate(borrow.resource());
                    default -> false;
                }))
                .boxed()
                .toList();
    }
}
