package tenon.types.core;

/** The body of a defined type: WebAssembly 3.0, "Composite Types". */
public sealed interface CompositeType permits FuncType, StructType, ArrayType {}
