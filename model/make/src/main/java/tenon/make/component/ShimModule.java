package tenon.make.component;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tenon.make.core.Body;
import tenon.make.core.ModuleBuilder;
import tenon.types.core.GlobalType;
import tenon.types.core.HeapType;
import tenon.types.core.Limits;
import tenon.types.core.NumType;
import tenon.types.core.RefType;
import tenon.types.core.TableType;
import tenon.wasm.Module.ExternKind;
import tenon.wasm.Opcode;

/**
 * The module that is instantiated first: the shims, and the memory and what else the main module imports but nobody defines. Confined to
 * one run.
 */
final class ShimModule {
    static final String MEMORY = "$memory";
    static final String GET_TLS_BASE = "$get-tls-base";
    static final String SET_TLS_BASE = "$set-tls-base";

    private final ModuleBuilder module = new ModuleBuilder();
    private final Map<Integer, Integer> stubs = new HashMap<>();

    private ShimModule() {}

    /** Also tells {@code fixup} which shims it has to fill. */
    static byte[] encode(Plan plan, Shims shims, Optional<NumType> tlsBase, Fixup fixup) {
        var made = new ShimModule();
        made.module.name("tenon:shim");
        boolean callRef = plan.options.callRefShims();
        shims.all().values().forEach(shim -> {
            fixup.fill(shim, callRef);
            if (callRef) {
                made.callThroughGlobal(shim);
            } else {
                made.callThroughTable(shim);
            }
        });
        int count = shims.all().size();
        if (count > 0 && !callRef) {
            var limits = new Limits(Limits.AddressType.I32, count, OptionalLong.of(count));
            int table = made.module.table(new TableType(limits, new RefType(true, HeapType.Abstract.FUNC)));
            made.module.export(Fixup.TABLE, ExternKind.TABLE, table);
        }
        plan.main()
                .contract()
                .importedMemory()
                .ifPresent(type -> made.module.export(MEMORY, ExternKind.MEMORY, made.module.memory(type)));
        tlsBase.ifPresent(made::tlsBase);
        return made.module.toByteArray();
    }

    private static Body arguments(Shim shim) {
        var body = new Body();
        for (int i = 0; i < shim.type().params().size(); i++) {
            body.op(Opcode.LOCAL_GET, i);
        }
        return body;
    }

    private void callThroughTable(Shim shim) {
        int type = module.type(shim.type());
        int position = module.count(ExternKind.FUNCTION);
        int index = module.function(
                type, arguments(shim).i32(position).callIndirect(type).toBody());
        module.export(shim.name(), ExternKind.FUNCTION, index);
        module.functionName(index, shim.label());
    }

    private void callThroughGlobal(Shim shim) {
        int type = module.type(shim.type());
        Integer stub = stubs.get(type);
        if (stub == null) {
            stub = module.function(type, new Body().op(Opcode.UNREACHABLE).toBody());
            module.functionName(stub, "trap stub before initialization");
            stubs.put(type, stub);
        }
        int global = module.global(
                new GlobalType(new RefType(false, new HeapType.Defined(type)), true),
                new Body().op(Opcode.REF_FUNC, stub).toExpression());
        module.export("g" + shim.name(), ExternKind.GLOBAL, global);
        var body = arguments(shim).op(Opcode.GLOBAL_GET, global).op(Opcode.RETURN_CALL_REF, type);
        int index = module.function(type, body.toBody());
        module.export(shim.name(), ExternKind.FUNCTION, index);
        module.functionName(index, shim.label());
    }

    private void tlsBase(NumType type) {
        var zero = type == NumType.I64 ? new Body().i64(0) : new Body().i32(0);
        int get = module.type(List.of(), List.of(type));
        int set = module.type(List.of(type), List.of());
        int global = module.global(new GlobalType(type, true), zero.toExpression());
        int getter =
                module.function(get, new Body().op(Opcode.GLOBAL_GET, global).toBody());
        module.export(GET_TLS_BASE, ExternKind.FUNCTION, getter);
        module.functionName(getter, GET_TLS_BASE);
        int setter = module.function(
                set,
                new Body().op(Opcode.LOCAL_GET, 0).op(Opcode.GLOBAL_SET, global).toBody());
        module.export(SET_TLS_BASE, ExternKind.FUNCTION, setter);
        module.functionName(setter, SET_TLS_BASE);
    }
}
