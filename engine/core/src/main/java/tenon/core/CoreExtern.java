package tenon.core;

/** What a module imports and exports: WebAssembly 3.0, "External Addresses". */
public sealed interface CoreExtern extends ImportValue
        permits CoreFunction, CoreMemory, CoreTable, CoreGlobal, CoreTag {}
