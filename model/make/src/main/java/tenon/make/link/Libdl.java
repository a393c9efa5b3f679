package tenon.make.link;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.SequencedMap;
import tenon.make.core.Body;
import tenon.make.core.ModuleBuilder;
import tenon.types.core.FuncType;
import tenon.types.core.GlobalType;
import tenon.types.core.Limits;
import tenon.types.core.MemoryType;
import tenon.types.core.NumType;
import tenon.wasm.BinaryWriter;
import tenon.wasm.Module.ExternKind;
import tenon.wasm.Opcode;

/**
 * The library {@code libdl.so}: POSIX's {@code dlopen}, {@code dlsym}, {@code dlclose} and {@code dlerror} over the table that {@link
 * Openables} describes. It needs no other library. A handle is the address of a library's entry; {@code dlopen} takes {@code RTLD_LAZY},
 * {@code RTLD_NOW}, {@code RTLD_LOCAL} and {@code RTLD_GLOBAL}, which make no difference, since all is there from the start. Confined to
 * one run.
 */
final class Libdl {
    static final String NAME = "libdl.so";

    private static final int LAZY_NOW_GLOBAL = 0x103;
    private static final int LIBRARY_SIZE = 16;
    private static final int SYMBOL_SIZE = 12;

    /** Where the message stands that the next {@code dlerror} gives; behind it stand the messages. */
    private static final int MESSAGE = 0;

    private static final String BAD_HANDLE = "invalid library handle";
    private static final String NO_LIBRARY = "library not found";
    private static final String NO_SYMBOL = "symbol not found";
    private static final String BAD_FLAGS = "flags of dlopen are not supported";

    private final ModuleBuilder module = new ModuleBuilder();
    private final SequencedMap<String, Integer> messages = new LinkedHashMap<>();
    private final BinaryWriter text = new BinaryWriter().writeFixed32(0);
    private final int memoryBase;
    private final int libraries;
    private final int find;
    private final int isLibrary;

    private Libdl() {
        var pages = new Limits(Limits.AddressType.I32, 0, OptionalLong.empty());
        module.importMemory(LinkedLibrary.ENV, LinkedLibrary.MEMORY, new MemoryType(pages));
        memoryBase =
                module.importGlobal(LinkedLibrary.ENV, LinkedLibrary.MEMORY_BASE, new GlobalType(NumType.I32, false));
        libraries = module.importGlobal(
                LinkedLibrary.GOT_MEM, LinkedLibrary.LIBDL_LIBRARIES, new GlobalType(NumType.I32, true));
        for (String message : List.of(BAD_HANDLE, NO_LIBRARY, NO_SYMBOL, BAD_FLAGS)) {
            messages.put(message, text.size());
            text.write(message.getBytes(StandardCharsets.UTF_8)).writeByte(0);
        }
        find = function(4, findNamed());
        isLibrary = function(1, findHandle());
        module.export("dlopen", ExternKind.FUNCTION, function(2, open()));
        module.export("dlsym", ExternKind.FUNCTION, function(2, symbol()));
        module.export("dlclose", ExternKind.FUNCTION, function(1, close()));
        module.export("dlerror", ExternKind.FUNCTION, function(0, error()));
        module.data(new Body().op(Opcode.GLOBAL_GET, memoryBase).toExpression(), text.toByteArray());
    }

    /** The library's binary. */
    static byte[] binary() {
        var library = new Libdl();
        var memory = new BinaryWriter()
                .writeU32(library.text.size())
                .writeU32(2)
                .writeU32(0)
                .writeU32(0);
        library.module.custom(
                "dylink.0", new BinaryWriter().writeSection(1, memory).toByteArray());
        return library.module.toByteArray();
    }

    /** All parameters, and the result, have 32 bits. */
    private int function(int params, Body body) {
        var type = new FuncType(Collections.nCopies(params, NumType.I32), List.of(NumType.I32));
        return module.function(module.type(type), body.toBody());
    }

    private static Body load(Body body, int local, int offset) {
        return body.op(Opcode.LOCAL_GET, local).memory(Opcode.I32_LOAD, 2, offset);
    }

    private static Body add(Body body, int local, int number) {
        return body.op(Opcode.LOCAL_GET, local).i32(number).op(Opcode.I32_ADD).op(Opcode.LOCAL_SET, local);
    }

    /** Leaves a message and returns a result. */
    private void fail(Body body, String message, int result) {
        body.op(Opcode.GLOBAL_GET, memoryBase)
                .op(Opcode.GLOBAL_GET, memoryBase)
                .i32(messages.getOrDefault(message, 0))
                .op(Opcode.I32_ADD)
                .memory(Opcode.I32_STORE, 2, MESSAGE)
                .i32(result)
                .op(Opcode.RETURN);
    }

    /**
     * {@code (name, entry, count, size) → entry or 0}: the entry that begins with the length and the address of this name. One after the
     * other is quick enough, since a name of another length costs one comparison.
     */
    private Body findNamed() {
        int name = 0;
        int entry = 1;
        int count = 2;
        int size = 3;
        int length = 4;
        int at = 5;
        var body = new Body().locals(2, NumType.I32);
        body.block(Opcode.BLOCK).block(Opcode.LOOP);
        character(body, name, length).op(Opcode.I32_EQZ).op(Opcode.BR_IF, 1);
        add(body, length, 1).op(Opcode.BR, 0).op(Opcode.END).op(Opcode.END);
        body.block(Opcode.BLOCK).block(Opcode.LOOP);
        body.op(Opcode.LOCAL_GET, count).op(Opcode.I32_EQZ).op(Opcode.BR_IF, 1);
        body.block(Opcode.BLOCK);
        load(body, entry, 0).op(Opcode.LOCAL_GET, length).op(Opcode.I32_NE).op(Opcode.BR_IF, 0);
        body.i32(0).op(Opcode.LOCAL_SET, at).block(Opcode.LOOP);
        body.op(Opcode.LOCAL_GET, at).op(Opcode.LOCAL_GET, length).op(Opcode.I32_EQ);
        body.block(Opcode.IF).op(Opcode.LOCAL_GET, entry).op(Opcode.RETURN).op(Opcode.END);
        load(body, entry, 4).op(Opcode.LOCAL_GET, at).op(Opcode.I32_ADD).memory(Opcode.I32_LOAD8_U, 0);
        character(body, name, at).op(Opcode.I32_NE).op(Opcode.BR_IF, 1);
        add(body, at, 1).op(Opcode.BR, 0).op(Opcode.END).op(Opcode.END);
        body.op(Opcode.LOCAL_GET, entry)
                .op(Opcode.LOCAL_GET, size)
                .op(Opcode.I32_ADD)
                .op(Opcode.LOCAL_SET, entry);
        add(body, count, -1).op(Opcode.BR, 0).op(Opcode.END).op(Opcode.END);
        return body.i32(0);
    }

    /** The byte of a text at an index. */
    private static Body character(Body body, int text, int index) {
        return body.op(Opcode.LOCAL_GET, text)
                .op(Opcode.LOCAL_GET, index)
                .op(Opcode.I32_ADD)
                .memory(Opcode.I32_LOAD8_U, 0);
    }

    /** {@code (handle) → 1 or 0}: whether it is the address of a library's entry. */
    private Body findHandle() {
        int handle = 0;
        int entry = 1;
        int count = 2;
        var body = new Body().locals(2, NumType.I32);
        body.op(Opcode.GLOBAL_GET, libraries).memory(Opcode.I32_LOAD, 2, 4).op(Opcode.LOCAL_SET, entry);
        body.op(Opcode.GLOBAL_GET, libraries).memory(Opcode.I32_LOAD, 2, 0).op(Opcode.LOCAL_SET, count);
        body.block(Opcode.BLOCK).block(Opcode.LOOP);
        body.op(Opcode.LOCAL_GET, count).op(Opcode.I32_EQZ).op(Opcode.BR_IF, 1);
        body.op(Opcode.LOCAL_GET, entry).op(Opcode.LOCAL_GET, handle).op(Opcode.I32_EQ);
        body.block(Opcode.IF).i32(1).op(Opcode.RETURN).op(Opcode.END);
        add(body, entry, LIBRARY_SIZE);
        add(body, count, -1).op(Opcode.BR, 0).op(Opcode.END).op(Opcode.END);
        return body.i32(0);
    }

    private void failUnlessLibrary(Body body, int handle, int result) {
        body.op(Opcode.LOCAL_GET, handle).op(Opcode.CALL, isLibrary).op(Opcode.I32_EQZ);
        body.block(Opcode.IF);
        fail(body, BAD_HANDLE, result);
        body.op(Opcode.END);
    }

    /** {@code dlopen(name, flags)}. */
    private Body open() {
        int name = 0;
        int flags = 1;
        int found = 2;
        var body = new Body().locals(1, NumType.I32);
        body.op(Opcode.LOCAL_GET, flags).i32(~LAZY_NOW_GLOBAL).op(Opcode.I32_AND);
        body.block(Opcode.IF);
        fail(body, BAD_FLAGS, 0);
        body.op(Opcode.END);
        // without a name, the program itself is meant, which has no entry
        body.op(Opcode.LOCAL_GET, name).block(Opcode.IF).op(Opcode.LOCAL_GET, name);
        body.op(Opcode.GLOBAL_GET, libraries).memory(Opcode.I32_LOAD, 2, 4);
        body.op(Opcode.GLOBAL_GET, libraries).memory(Opcode.I32_LOAD, 2, 0);
        body.i32(LIBRARY_SIZE).op(Opcode.CALL, find).op(Opcode.LOCAL_SET, found).op(Opcode.END);
        body.op(Opcode.LOCAL_GET, found).op(Opcode.I32_EQZ).block(Opcode.IF);
        fail(body, NO_LIBRARY, 0);
        return body.op(Opcode.END).op(Opcode.LOCAL_GET, found);
    }

    /** {@code dlsym(handle, name)}. */
    private Body symbol() {
        int handle = 0;
        int name = 1;
        int found = 2;
        var body = new Body().locals(1, NumType.I32);
        failUnlessLibrary(body, handle, 0);
        body.op(Opcode.LOCAL_GET, name);
        load(body, handle, 12);
        load(body, handle, 8);
        body.i32(SYMBOL_SIZE).op(Opcode.CALL, find).op(Opcode.LOCAL_TEE, found).op(Opcode.I32_EQZ);
        body.block(Opcode.IF);
        fail(body, NO_SYMBOL, 0);
        body.op(Opcode.END);
        return load(body, found, 8);
    }

    /** {@code dlclose(handle)}. */
    private Body close() {
        var body = new Body();
        failUnlessLibrary(body, 0, -1);
        return body.i32(0);
    }

    /** {@code dlerror()}: each message once. */
    private Body error() {
        var body = new Body().locals(1, NumType.I32);
        body.op(Opcode.GLOBAL_GET, memoryBase)
                .memory(Opcode.I32_LOAD, 2, MESSAGE)
                .op(Opcode.LOCAL_SET, 0);
        body.op(Opcode.GLOBAL_GET, memoryBase).i32(0).memory(Opcode.I32_STORE, 2, MESSAGE);
        return body.op(Opcode.LOCAL_GET, 0);
    }
}
