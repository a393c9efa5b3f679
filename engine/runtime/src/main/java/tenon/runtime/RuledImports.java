package tenon.runtime;

import java.lang.invoke.MethodHandle;
import java.util.LinkedHashMap;
import java.util.function.Function;
import tenon.runtime.abi.DynamicShapes;
import tenon.runtime.abi.Shape;
import tenon.runtime.canon.Signature;
import tenon.runtime.plan.Item;
import tenon.runtime.plan.Placeholder;
import tenon.types.LinkException;
import tenon.types.component.ComponentType;
import tenon.types.component.CoreModuleType;
import tenon.types.component.ExternType;
import tenon.types.component.FunctionType;
import tenon.types.component.InstanceType;
import tenon.types.component.ResourceType;
import tenon.types.component.TypeExtern;
import tenon.types.component.ValueExtern;

/** Imports that a {@link LinkPolicy} refuses or makes up. */
final class RuledImports {
    private final Assembly assembly;
    private final Function<ResourceType, Shape.ResourceKind> kind;

    /** {@code kind} says who implements a resource type. */
    RuledImports(Assembly assembly, Function<ResourceType, Shape.ResourceKind> kind) {
        this.assembly = assembly;
        this.kind = kind;
    }

    /** What stands for an import that a rule names. */
    Item item(LinkPolicy.Rule rule, String name, ExternType type) {
        if (rule.answer() == LinkPolicy.Answer.REFUSE) {
            if (!(type instanceof InstanceType instance)
                    || !instance.exports().values().stream().allMatch(assembly::needsNoHost)) {
                assembly.amiss("`" + name + "`: denied by the policy for `" + rule.pattern() + "`");
            }
            return Placeholder.of(type);
        }
        return switch (type) {
            case FunctionType function -> madeUp(rule, name, function);
            case TypeExtern defined -> madeUpType(name, defined);
            case InstanceType instance -> {
                var items = new LinkedHashMap<String, Item>();
                // first its types, which its functions use
                instance.exports().forEach((label, each) -> {
                    if (each instanceof TypeExtern defined) {
                        madeUpType(label, defined);
                    }
                });
                instance.exports()
                        .forEach((label, each) -> items.put(
                                label,
                                switch (each) {
                                    case FunctionType function -> madeUp(rule, name + "#" + label, function);
                                    case TypeExtern _ -> Item.Type.TYPE;
                                    case ValueExtern value -> madeUpValue(rule, name + "#" + label, value);
                                    case InstanceType _, ComponentType _, CoreModuleType _ -> notMadeUp(name, each);
                                }));
                yield new Item.Instance(items);
            }
            case ValueExtern value -> madeUpValue(rule, name, value);
            case ComponentType _, CoreModuleType _ -> notMadeUp(name, type);
        };
    }

    private Item notMadeUp(String name, ExternType type) {
        assembly.amiss("`" + name + "`: a " + type.sort() + " cannot be made up");
        return Placeholder.of(type);
    }

    /** A value is there when instantiation begins: nobody calls it, so that nothing can be refused later. */
    private Item madeUpValue(LinkPolicy.Rule rule, String name, ValueExtern value) {
        if (rule.answer() == LinkPolicy.Answer.TRAP) {
            assembly.amiss("`" + name + "`: the policy for `" + rule.pattern()
                    + "` denies calls, and this is a value, which nobody calls");
            return Placeholder.of(value);
        }
        try {
            return assembly.given(MadeUp.zero(value.type()), value.type());
        } catch (LinkException e) {
            assembly.amiss("`" + name + "`: the policy for `" + rule.pattern() + "` cannot be followed: " + e.fact());
            return Placeholder.of(value);
        }
    }

    private Item madeUpType(String label, TypeExtern defined) {
        if (defined.type() instanceof ResourceType resource
                && assembly.resource(resource).isEmpty()
                && !assembly.isDefined(resource)) {
            assembly.bind(resource, new Assembly.HostType(label, MadeUp.Thing.class));
        }
        return Item.Type.TYPE;
    }

    private Item madeUp(LinkPolicy.Rule rule, String name, FunctionType type) {
        try {
            MethodHandle handle = new MadeUp(rule, name, type).handle();
            Signature signature = Signature.of(type, each -> DynamicShapes.of(each, kind));
            return new Item.Host(assembly.number(MadeUp.DEFINITION), name, handle, true, type.async(), signature);
        } catch (LinkException e) {
            assembly.amiss("`" + name + "`: the policy for `" + rule.pattern() + "` cannot be followed: " + e.fact());
            return Placeholder.of(type);
        }
    }
}
