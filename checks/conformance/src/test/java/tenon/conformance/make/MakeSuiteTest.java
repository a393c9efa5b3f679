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
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import tenon.component.ComponentDecoder;
import tenon.component.ComponentFeatures;
import tenon.testing.SharedFolder;
import tenon.types.TenonException;
import tenon.wit.binary.ComponentWorld;
import tenon.wit.print.WitPrinter;

/**
 * The suites of components made of core modules: each made component has the expected definitions, one by one, and the expected world; what
 * does not fit together is refused. Names for people and producers do not count.
 */
@Tag("suite")
class MakeSuiteTest {
    /** What fails for now, and why. */
    private static final Map<String, String> SKIPPED = Map.of(
            "wit-component-next/components/link-dl-openable-builtin-libdl", "no library `libdl.so` is built in",
            "wit-component-next/components/link-dl-openable-builtin-libdl-with-unused",
                    "no library `libdl.so` is built in");

    private static final String USED_TYPE = "a type that an interface without a name uses is read back as its own";

    /** Whose world is read back in another form than expected, and why. */
    private static final Map<String, String> SKIPPED_WORLDS = Map.of(
            "wit-component/components/tricky-order", USED_TYPE,
            "wit-component/components/tricky-resources3", USED_TYPE,
            "wit-component-next/components/resource-using-export", USED_TYPE,
            "wit-component-next/components/tricky-resources", USED_TYPE,
            "wit-component-next/components/tricky-resources4", USED_TYPE);

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
                    .flatMap(each -> Stream.of(
                            test(each, "", SKIPPED, () -> checkMade(each)),
                            test(each, " world", SKIPPED_WORLDS, () -> checkWorld(each))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DynamicTest test(MakeCase each, String part, Map<String, String> skipped, Executable check) {
        String name = each.suite() + "/" + each.id();
        return DynamicTest.dynamicTest(name + part, () -> {
            Optional<String> reason =
                    Optional.ofNullable(SKIPPED.get(name)).or(() -> Optional.ofNullable(skipped.get(name)));
            if (reason.isPresent()) {
                assertThrows(Throwable.class, check, "a skipped case passes");
                abort(reason.get());
            }
            check.execute();
        });
    }

    private static void checkMade(MakeCase each) throws IOException {
        if (each.isError()) {
            TenonException refusal = assertThrows(TenonException.class, each::make);
            assertFalse(refusal.fact().isBlank());
            return;
        }
        ComponentForm.difference(each.expected(), each.make()).ifPresent(found -> fail(found));
    }

    private static void checkWorld(MakeCase each) throws IOException {
        if (each.isError()) {
            abort("refused, and has no world");
        }
        String expected =
                Files.readString(each.folder().resolve("component.wit.print")).strip();
        var world = ComponentWorld.of(ComponentDecoder.decode(each.make(), ComponentFeatures.ALL));
        String found = WitPrinter.all(world);
        // other packages follow, nested
        assertTrue(found.startsWith(expected), () -> found + "\n\nexpected\n\n" + expected);
    }
}
