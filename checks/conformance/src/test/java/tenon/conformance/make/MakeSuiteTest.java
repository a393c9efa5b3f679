package tenon.conformance.make;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import tenon.component.ComponentFeatures;
import tenon.component.read.ComponentDecoder;
import tenon.testing.SharedFolder;
import tenon.types.TenonException;
import tenon.wasm.Features;
import tenon.wit.binary.ComponentWorld;
import tenon.wit.print.WitPrinter;

/**
 * The suites of components made of core modules: each made component has the expected definitions, one by one, and the expected world; what
 * does not fit together is refused. Names for people and producers do not count.
 */
@Tag("suite")
class MakeSuiteTest {
    @TestFactory
    Stream<DynamicNode> componentsAreMadeOrRefused() {
        return Stream.of("wit-component", "wit-component-next").map(suite -> {
            String path = "conformance/" + suite;
            return SharedFolder.find(path)
                    .<DynamicNode>map(folder -> DynamicContainer.dynamicContainer(suite, tests(suite, folder)))
                    .orElseGet(() -> DynamicTest.dynamicTest(suite, () -> abort(SharedFolder.absent(path))));
        });
    }

    private static Stream<DynamicTest> tests(String suite, Path folder) {
        try {
            return MakeCase.of(suite, folder)
                    .flatMap(each -> each.isError()
                            ? Stream.of(test(each, "", () -> checkRefused(each)))
                            : Stream.of(
                                    test(each, "", () -> checkMade(each)),
                                    test(each, " world", () -> checkWorld(each))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DynamicTest test(MakeCase each, String part, Executable check) {
        String name = each.suite() + "/" + each.id() + part;
        return DynamicTest.dynamicTest(name, check);
    }

    private static void checkRefused(MakeCase each) {
        TenonException refusal = assertThrows(TenonException.class, each::make);
        assertFalse(refusal.fact().isBlank());
    }

    private static void checkMade(MakeCase each) throws IOException {
        ComponentForm.difference(each.expected(), each.make()).ifPresent(found -> fail(found));
    }

    private static void checkWorld(MakeCase each) throws IOException {
        String expected =
                Files.readString(each.folder().resolve("component.wit.print")).strip();
        var world = ComponentWorld.of(ComponentDecoder.decode(each.make(), ComponentFeatures.ALL), Features.ALL);
        String found = WitPrinter.all(world);
        // other packages follow, nested
        assertTrue(found.startsWith(expected), () -> found + "\n\nexpected\n\n" + expected);
    }
}
