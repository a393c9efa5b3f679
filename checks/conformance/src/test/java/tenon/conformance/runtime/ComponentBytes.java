package tenon.conformance.runtime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tenon.component.Component;
import tenon.component.read.ComponentDecoder;
import tenon.text.Wat;

/** A component's binary, written section by section: Binary.md. Core modules are given as text. One use. */
final class ComponentBytes {
    static final int U32 = 0x79;
    static final int STRING = 0x73;
    static final int CORE_FUNC = 0x00;
    static final int FUNC = 0x01;
    static final int TYPE = 0x03;
    static final int INSTANCE = 0x05;

    private static final byte[] HEADER = {0, 'a', 's', 'm', 0x0d, 0, 1, 0};

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    ComponentBytes() {
        out.writeBytes(HEADER);
    }

    /** Bytes of one section, in which names have their length in front. */
    private static byte[] bytes(Object... parts) {
        var bytes = new ByteArrayOutputStream();
        for (Object part : parts) {
            switch (part) {
                case Integer number -> unsigned(bytes, number);
                case String name -> {
                    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
                    unsigned(bytes, utf8.length);
                    bytes.writeBytes(utf8);
                }
                case byte[] raw -> bytes.writeBytes(raw);
                default -> throw new AssertionError(part);
            }
        }
        return bytes.toByteArray();
    }

    private static void unsigned(ByteArrayOutputStream out, int value) {
        int rest = value;
        while (rest >>> 7 != 0) {
            out.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    private ComponentBytes section(int id, byte[] content) {
        out.writeBytes(bytes(id, content.length, content));
        return this;
    }

    /** A vector of one. */
    private ComponentBytes one(int id, Object... parts) {
        return section(id, bytes(1, bytes(parts)));
    }

    /** A component with the export {@code run: func(u32) -> u32} that imports one host function of that type for its module. */
    static Component around(String imported, String module) {
        return new ComponentBytes()
                .function(List.of(U32), List.of(U32))
                .importFunction(imported, 0)
                .lower(0)
                .module(module)
                .coreFunctions(imported, 0)
                .coreInstance(0, "", 0)
                .aliasCore(0, 1, "run")
                .lift(1, 0)
                .export("run", FUNC, 1)
                .decode();
    }

    ComponentBytes module(String text) {
        return section(1, Wat.parse("module", text));
    }

    /** Instantiates a core module; arguments are names and core instances, one after the other. */
    ComponentBytes coreInstance(int module, Object... arguments) {
        var content = new ByteArrayOutputStream();
        for (int i = 0; i < arguments.length; i += 2) {
            content.writeBytes(bytes(arguments[i], 0x12, arguments[i + 1]));
        }
        return one(2, 0, module, arguments.length / 2, content.toByteArray());
    }

    /** A core instance of functions; names and core functions, one after the other. */
    ComponentBytes coreFunctions(Object... exports) {
        var content = new ByteArrayOutputStream();
        for (int i = 0; i < exports.length; i += 2) {
            content.writeBytes(bytes(exports[i], CORE_FUNC, exports[i + 1]));
        }
        return one(2, 1, exports.length / 2, content.toByteArray());
    }

    ComponentBytes component(ComponentBytes nested) {
        return section(4, nested.out.toByteArray());
    }

    /** Instantiates a component; arguments are names, sorts and indices, one after the other. */
    ComponentBytes instance(int component, Object... arguments) {
        return one(5, 0, component, arguments.length / 3, bytes(arguments));
    }

    ComponentBytes aliasCore(int sort, int instance, String name) {
        return one(6, 0, sort, 1, instance, name);
    }

    ComponentBytes aliasCoreMemory(int instance, String name) {
        return aliasCore(2, instance, name);
    }

    ComponentBytes alias(int sort, int instance, String name) {
        return one(6, sort, 0, instance, name);
    }

    /** A function type; a parameter is a name and a value type, as its code or index; no result if {@code results} is empty. */
    ComponentBytes function(List<Integer> params, List<Integer> results) {
        var content = new ByteArrayOutputStream();
        for (int i = 0; i < params.size(); i++) {
            content.writeBytes(bytes("p" + i, params.get(i)));
        }
        byte[] result = results.isEmpty() ? bytes(1, 0) : bytes(0, results.getFirst());
        return one(7, 0x40, params.size(), content.toByteArray(), result);
    }

    /** A resource type with a destructor, or without one if {@code destructor} is negative. */
    ComponentBytes resource(int destructor) {
        return destructor < 0 ? one(7, 0x3f, 0x7f, 0) : one(7, 0x3f, 0x7f, 1, destructor);
    }

    ComponentBytes own(int resource) {
        return one(7, 0x69, resource);
    }

    ComponentBytes borrow(int resource) {
        return one(7, 0x68, resource);
    }

    /** Lifts a core function; options are codes and indices. */
    ComponentBytes lift(int function, int type, Object... options) {
        return one(8, 0, 0, function, options.length / 2, bytes(options), type);
    }

    ComponentBytes lower(int function, Object... options) {
        return one(8, 1, 0, function, options.length / 2, bytes(options));
    }

    /** {@code resource.new} (2), {@code resource.drop} (3) or {@code resource.rep} (4). */
    ComponentBytes resourceBuiltin(int code, int resource) {
        return one(8, code, resource);
    }

    ComponentBytes importFunction(String name, int type) {
        return one(10, 0, name, 1, type);
    }

    /** Imports a resource type. */
    ComponentBytes importResource(String name) {
        return one(10, 0, name, 3, 1);
    }

    ComponentBytes export(String name, int sort, int index) {
        return one(11, 0, name, sort, index, 0);
    }

    Component decode() {
        return ComponentDecoder.decode(out.toByteArray());
    }
}
