package tenon.compose.type;

/** What a type index stands for. */
public sealed interface Type permits ValueType, ResourceType, FunctionType, InterfaceType, WorldType, ModuleType {
    /** How messages call this kind of type. */
    String word();
}
