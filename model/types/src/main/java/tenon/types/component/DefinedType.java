package tenon.types.component;

/** What a component type index can stand for: Explainer.md, "Type Definitions", after all indices have been resolved. */
public sealed interface DefinedType permits ValueType, FunctionType, ResourceType, InstanceType, ComponentType {}
