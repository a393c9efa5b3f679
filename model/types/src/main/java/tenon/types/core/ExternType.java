package tenon.types.core;

/** What an import asks for: WebAssembly 3.0, "External Types". */
public sealed interface ExternType permits FuncTypeUse, TableType, MemoryType, GlobalType, TagType {}
