package tenon.conformance.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tenon.component.Component;
import tenon.component.read.ComponentDecoder;
import tenon.runtime.HostInterface;
import tenon.runtime.Linker;
import tenon.runtime.Runtime;
import tenon.testing.SharedFolder;
import tenon.types.LinkException;

/** Imports that nothing meets, or that something of another shape would meet, are all told at once. */
class ImportsTest {

    private static Component component(String file) throws IOException {
        Optional<Path> path = SharedFolder.find("components/" + file);
        assumeTrue(path.isPresent(), SharedFolder.absent("components/" + file));
        return ComponentDecoder.decode(Files.readAllBytes(path.orElseThrow()));
    }

    @Test
    void allThatIsMissingIsTold() throws IOException {
        Component component = component("rust/rust-bare-http-hello.wasm");
        String message = assertThrows(LinkException.class, () -> new Linker().link(Runtime.create(), component))
                .getMessage();
        for (var imported : component.imports()) {
            assertTrue(message.contains("`" + imported.name().text() + "`"), imported.name() + " in " + message);
        }
    }

    @Test
    void asyncComponentsMissNothingButTheirImports() throws IOException {
        Component component = component("rust/rust-p3-cli.wasm");
        String message = assertThrows(LinkException.class, () -> new Linker().link(Runtime.create(), component))
                .getMessage();
        assertTrue(message.contains("`wasi:clocks/monotonic-clock@0.3.0`"), message);
        assertFalse(message.contains("not supported"), message);
    }

    /** An environment that has one function of another shape, and one under another name. */
    public static final class Environment {
        /** Should give a list of them. */
        public String arguments() {
            return "";
        }
    }

    @Test
    void functionsOfAnotherShapeAreTold() throws IOException {
        Component component = component("rust/rust-cli-hello.wasm");
        HostInterface environment = HostInterface.of(
                        "wasi:cli/environment@0.2.12", Environment.class, MethodHandles.lookup())
                .function("get-arguments", "arguments", MethodType.methodType(String.class))
                .function("get-enviroment", "arguments", MethodType.methodType(String.class))
                .build();
        var linker = new Linker().define(environment, _ -> new Environment());
        String message = assertThrows(LinkException.class, () -> linker.link(Runtime.create(), component))
                .getMessage();
        assertTrue(
                message.contains("function `get-arguments`: result: `list<string>` needs `java.util.List`, found"),
                message);
        assertTrue(
                message.contains("function `get-environment` is missing (the nearest is `get-enviroment`)"), message);
    }

    @Test
    void aMissingInterfaceIsToldOnce() throws IOException {
        Component component = component("rust/rust-bare-http-hello.wasm");
        String message = assertThrows(LinkException.class, () -> new Linker().link(Runtime.create(), component))
                .getMessage();
        assertEquals(component.imports().size() + 1, message.lines().count(), message);
    }
}
