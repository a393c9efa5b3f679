package tenon.core.compile;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;

import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;

/** The classes that compiled code calls, by name. */
final class Runtime {
    static final ClassDesc INSTANCE = ClassDesc.of("tenon.core.CoreInstance");
    static final ClassDesc FUNCTION = ClassDesc.of("tenon.core.CoreFunction");
    static final ClassDesc MEMORY = ClassDesc.of("tenon.core.CoreMemory");
    static final ClassDesc CHUNKS = ClassDesc.of("tenon.core.ChunkedBytes");
    static final ClassDesc TABLE = ClassDesc.of("tenon.core.CoreTable");
    static final ClassDesc GLOBAL = ClassDesc.of("tenon.core.CoreGlobal");
    static final ClassDesc SIGNATURE = ClassDesc.of("tenon.core.Signature");
    static final ClassDesc TAG = ClassDesc.of("tenon.core.CoreTag");
    static final ClassDesc EXCEPTION = ClassDesc.of("tenon.core.GuestException");
    static final ClassDesc TAIL_CALL = ClassDesc.of("tenon.core.TailCall");
    static final ClassDesc INTERRUPT = ClassDesc.of("tenon.core.Interrupt");

    static final ClassDesc BUFFER = ClassDesc.of("java.nio.ByteBuffer");
    static final ClassDesc ILLEGAL_STATE = ClassDesc.of("java.lang.IllegalStateException");

    static final ClassDesc NUMERICS = ClassDesc.of("tenon.core.guest.Numerics");
    static final ClassDesc COMPARISONS = ClassDesc.of("tenon.core.guest.Comparisons");
    static final ClassDesc ACCESS = ClassDesc.of("tenon.core.guest.Access");
    static final ClassDesc CHUNK_ACCESS = ClassDesc.of("tenon.core.guest.ChunkAccess");
    static final ClassDesc BRANCHES = ClassDesc.of("tenon.core.guest.Branches");
    static final ClassDesc BULK = ClassDesc.of("tenon.core.guest.Bulk");
    static final ClassDesc TRAPS = ClassDesc.of("tenon.core.guest.Traps");
    static final ClassDesc EXCEPTIONS = ClassDesc.of("tenon.core.guest.Exceptions");
    static final ClassDesc TRAP = ClassDesc.of("tenon.core.Trap");
    static final ClassDesc STRUCT = ClassDesc.of("tenon.core.CoreStruct");
    static final ClassDesc ARRAY = ClassDesc.of("tenon.core.CoreArray");
    static final ClassDesc I31 = ClassDesc.of("tenon.core.CoreI31");
    static final ClassDesc STRUCTURES = ClassDesc.of("tenon.core.guest.Structures");
    static final ClassDesc ARRAY_ACCESS = ClassDesc.of("tenon.core.guest.ArrayAccess");
    static final ClassDesc CASTS = ClassDesc.of("tenon.core.guest.Casts");
    static final ClassDesc CALL_SITES = ClassDesc.of("tenon.core.guest.CallSites");

    static final ClassDesc VAR_HANDLE = ConstantDescs.CD_VarHandle;

    static final ClassDesc BYTES = ClassDesc.ofDescriptor("[B");
    static final ClassDesc LONGS = ClassDesc.ofDescriptor("[J");
    static final ClassDesc OBJECTS = ClassDesc.ofDescriptor("[Ljava/lang/Object;");

    /** Bootstraps a call of an import; static argument: the function's index. */
    static final DirectMethodHandleDesc BIND_IMPORT =
            ConstantDescs.ofCallsiteBootstrap(CALL_SITES, "bindImport", ConstantDescs.CD_CallSite, CD_int);

    /** Bootstraps the constant for a function type's identity; static argument: the type's index. */
    static final DirectMethodHandleDesc SIGNATURE_CONSTANT =
            ConstantDescs.ofConstantBootstrap(CALL_SITES, "signature", CD_Object, CD_int);

    private Runtime() {}
}
