package tenon.types.component;

/** What an import or export of a component, or an export of an instance, is: Explainer.md, {@code externtype}, indices resolved. */
public sealed interface ExternType
        permits FunctionType, InstanceType, ComponentType, CoreModuleType, TypeExtern, ValueExtern {

    /** The sort's word in messages: {@code func}, {@code instance}, {@code component}, {@code core module}, {@code type}, {@code value}. */
    default String sort() {
        return switch (this) {
            case FunctionType _ -> "func";
            case InstanceType _ -> "instance";
            case ComponentType _ -> "component";
            case CoreModuleType _ -> "core module";
            case TypeExtern _ -> "type";
            case ValueExtern _ -> "value";
        };
    }
}
