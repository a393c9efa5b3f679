package tenon.script;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandles;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tenon.core.Trap;
import tenon.core.TrapKind;
import tenon.runtime.HostInterface;
import tenon.runtime.Linker;
import tenon.wasm.Module;
import tenon.wasm.ModuleDecoder;

/**
 * What the scripts of wasmtime may import: an instance {@code host}, an instance {@code wasmtime}, and a function of the world.
 * Confined to one store.
 */
final class ScriptHost {
    private static final int SLOWLY_MILLIS = 2;

    private int drops;
    private int lastDrop;

    private ScriptHost() {}

    /** A resource that knows its number; the host counts how many have been dropped. */
    static final class Resource1 implements AutoCloseable {
        private final @Nullable ScriptHost host;
        private final int rep;

        private Resource1(@Nullable ScriptHost host, int rep) {
            this.host = host;
            this.rep = rep;
        }

        @Override
        public void close() {
            if (host != null) {
                host.drops++;
                host.lastDrop = rep;
            }
        }
    }

    /** A resource of which there is none. */
    static final class Resource2 {
        private Resource2() {}
    }

    /** {@code (module (global (export "g") i32 (i32.const 100)) (func (export "f") (result i32) (i32.const 101)))}. */
    private static final Module SIMPLE_MODULE = ModuleDecoder.decode(HexFormat.of()
            .parseHex("0061736d01000000" + "0105016000017f" + "03020100" + "0607017f0041e4000b"
                    + "0709020167030001660000" + "0a0701050041e5000b"));

    private static final HostInterface NESTED = HostInterface.of("nested", ScriptHost.class, MethodHandles.lookup())
            .function("return-four", "returnFour", methodType(int.class))
            .build();

    private static final HostInterface HOST = HostInterface.of("host", ScriptHost.class, MethodHandles.lookup())
            .function("return-three", "returnThree", methodType(int.class))
            .function("return-hi", "returnHi", methodType(String.class))
            .resource("resource1", Resource1.class)
            .resource("resource2", Resource2.class)
            .resource("resource1-again", Resource1.class)
            .function("[constructor]resource1", "make", methodType(Resource1.class, int.class))
            .function("[static]resource1.assert", "check", methodType(void.class, Resource1.class, int.class))
            .function("[static]resource1.last-drop", "lastDrop", methodType(int.class))
            .function("[static]resource1.drops", "drops", methodType(int.class))
            .function("[method]resource1.simple", "check", methodType(void.class, Resource1.class, int.class))
            .function("[method]resource1.take-borrow", "take", methodType(void.class, Resource1.class, Resource1.class))
            .function("[method]resource1.take-own", "take", methodType(void.class, Resource1.class, Resource1.class))
            .function("[method]resource1.never-return", "never", methodType(CompletableFuture.class, Resource1.class))
            .function("never-return", "never", methodType(CompletableFuture.class))
            .function("return-two-slowly", "returnTwoSlowly", methodType(int.class))
            .function("echo-slowly", "echoSlowly", methodType(int.class, int.class))
            .instance("nested", NESTED)
            .module("simple-module", SIMPLE_MODULE)
            .build();

    private static final HostInterface WORLD = HostInterface.of("", ScriptHost.class, MethodHandles.lookup())
            .function("host-return-two", "returnTwo", methodType(int.class))
            .function("host-echo-u32", "echo", methodType(CompletableFuture.class, int.class))
            .build();

    private static final HostInterface WASMTIME = HostInterface.of("wasmtime", ScriptHost.class, MethodHandles.lookup())
            .function("gc", "nothing", methodType(void.class))
            .function("set-max-table-capacity", "nothing", methodType(void.class, int.class))
            .build();

    /** A linker that offers all this. */
    static Linker linker() {
        return new Linker()
                .define(HOST, _ -> new ScriptHost())
                .define(WORLD, _ -> new ScriptHost())
                .define(WASMTIME, _ -> new ScriptHost());
    }

    int returnTwo() {
        return 2;
    }

    int returnThree() {
        return 3;
    }

    int returnFour() {
        return 4;
    }

    String returnHi() {
        return "hi";
    }

    Resource1 make(int rep) {
        return new Resource1(this, rep);
    }

    void check(Resource1 resource, int rep) {
        if (resource.rep != rep) {
            throw new Trap(TrapKind.HOST, "resource has rep " + resource.rep + ", expected " + rep);
        }
    }

    int lastDrop() {
        return lastDrop;
    }

    int drops() {
        return drops;
    }

    CompletableFuture<Void> never() {
        return new CompletableFuture<>();
    }

    CompletableFuture<Void> never(Resource1 self) {
        return never();
    }

    CompletableFuture<Integer> echo(int value) {
        return CompletableFuture.completedFuture(value);
    }

    int returnTwoSlowly() throws InterruptedException {
        return echoSlowly(2);
    }

    int echoSlowly(int value) throws InterruptedException {
        Thread.sleep(SLOWLY_MILLIS);
        return value;
    }

    void take(Resource1 self, Resource1 other) {}

    void nothing() {}

    void nothing(int ignored) {}
}
