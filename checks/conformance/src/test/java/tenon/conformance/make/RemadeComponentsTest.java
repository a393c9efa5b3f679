package tenon.conformance.make;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tenon.cli.Main;
import tenon.component.CanonicalOptions.StringEncoding;
import tenon.component.Component;
import tenon.component.ComponentFeatures;
import tenon.component.read.ComponentDecoder;
import tenon.make.Producers;
import tenon.make.component.ComponentMaker;
import tenon.make.component.MakeOptions;
import tenon.make.embed.TypeSection;
import tenon.make.embed.TypedModule;
import tenon.make.unbundle.Unbundling;
import tenon.testing.SharedFolder;
import tenon.wit.PackageGraph;
import tenon.wit.binary.ComponentWorld;

/** Components of several toolchains are taken apart and made again of their core modules: they still give the same answers. */
@Tag("suite")
class RemadeComponentsTest {
    private static final String APPROVED = "process({id: \"1\", amount: 200, currency: \"EUR\"})";
    private static final String REJECTED = "process({id: \"2\", amount: 20000, currency: \"EUR\"})";

    @TempDir
    Path folder = Path.of("");

    @TestFactory
    Stream<DynamicTest> remadeComponentsAnswerAsBefore() {
        return Stream.of("c/c-finance.wasm", "rust/rust-bare-finance.wasm")
                .map(file -> DynamicTest.dynamicTest(file, () -> {
                    Optional<Path> original = SharedFolder.find("components/" + file);
                    assumeTrue(original.isPresent(), SharedFolder.absent("components/" + file));
                    Path remade = folder.resolve("remade.wasm");
                    Files.write(remade, remade(Files.readAllBytes(original.get())));
                    for (String call : new String[] {APPROVED, REJECTED}) {
                        String expected = invoke(original.get(), call);
                        assertFalse(expected.isBlank(), call);
                        assertEquals(expected, invoke(remade, call));
                    }
                }));
    }

    /** The first module is the one that the others, if there are any, were made for. */
    private static byte[] remade(byte[] binary) {
        Component component = ComponentDecoder.decode(binary, ComponentFeatures.ALL);
        PackageGraph graph = ComponentWorld.of(component);
        byte[] module = Unbundling.of(binary, 0).modules().getFirst();
        var types = new TypeSection(graph, graph.world("root").orElseThrow(), StringEncoding.UTF8, Producers.none());
        return new ComponentMaker(MakeOptions.DEFAULT)
                .module(TypedModule.embed(module, types))
                .make();
    }

    private static String invoke(Path component, String call) throws IOException {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int code = Main.run(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                "run",
                "--invoke",
                call,
                component.toString());
        assertEquals(0, code, err.toString(StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }
}
