package tenon.conformance.wit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import tenon.component.ComponentFeatures;
import tenon.component.read.ComponentDecoder;
import tenon.testing.SharedFolder;
import tenon.text.Wat;
import tenon.types.TenonException;
import tenon.wasm.BinaryWriter;
import tenon.wit.PackageGraph;
import tenon.wit.PackageId;
import tenon.wit.WitException;
import tenon.wit.binary.ComponentWorld;
import tenon.wit.binary.PackageBinary;
import tenon.wit.binary.PackageEncoder;
import tenon.wit.component.WorldFit;
import tenon.wit.print.WitPrinter;
import tenon.wit.resolve.Features;
import tenon.wit.resolve.GraphMerge;
import tenon.wit.resolve.WitReader;

/** The suite of wit-component, as far as it is about WIT: packages as binaries and printed, merged packages, and what fits a world. */
@Tag("suite")
class WitComponentSuiteTest {
    private static final List<String> SUITES = List.of("wit-component", "wit-component-next");

    /** One case of a family: {@code interfaces/maps}. */
    private record Case(Path suite, String id, boolean superseded, boolean fails, Optional<String> input) {
        Path path() {
            return suite.resolve(input.orElse(id));
        }
    }

    /** What a test does with a case. */
    private interface Check {
        void run(Case each) throws IOException;
    }

    private static final Pattern ID = Pattern.compile("\"id\": \"([^\"]*)\"");
    private static final Pattern INPUT = Pattern.compile("\"input\": \"([^\"]*)\"");

    private static Stream<DynamicTest> cases(String family, Check check) {
        return SUITES.stream().flatMap(suite -> {
            String path = "conformance/" + suite;
            return SharedFolder.find(path)
                    .map(folder -> cases(folder, family).stream()
                            .filter(each -> !each.superseded() && hasResult(family, each))
                            .map(each -> DynamicTest.dynamicTest(suite + "/" + each.id(), () -> check.run(each))))
                    .orElseGet(() -> Stream.of(DynamicTest.dynamicTest(suite, () -> abort(SharedFolder.absent(path)))));
        });
    }

    /** Cases of components that cannot be made have no world. */
    private static boolean hasResult(String family, Case each) {
        return !family.equals("components") || !each.fails();
    }

    private static List<Case> cases(Path folder, String family) {
        var cases = new ArrayList<Case>();
        try {
            for (String line : Files.readAllLines(folder.resolve("manifest.json"))) {
                Matcher id = ID.matcher(line);
                if (id.find() && id.group(1).startsWith(family + "/")) {
                    Matcher input = INPUT.matcher(line);
                    cases.add(new Case(
                            folder,
                            id.group(1),
                            line.contains("\"superseded\": true"),
                            line.contains("\"expect\": \"error\""),
                            input.find() ? Optional.of(input.group(1)) : Optional.empty()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return cases;
    }

    @TestFactory
    Stream<DynamicTest> packagesArePrinted() {
        return cases("interfaces", each -> {
            Path input = each.path();
            PackageGraph graph = WitReader.read(input, Features.ALL);
            int compared = 0;
            for (int i = 0; i < graph.packages().size(); i++) {
                Path expected = printed(input, graph, new PackageId(i));
                if (Files.exists(expected)) {
                    assertEquals(Files.readString(expected), WitPrinter.text(graph, new PackageId(i), List.of()));
                    compared++;
                }
            }
            assertTrue(compared > 0, "nothing to compare with");
        });
    }

    private static Path printed(Path input, PackageGraph graph, PackageId id) {
        return Files.isDirectory(input)
                ? input.resolve(graph.get(id).name().name() + ".wit.print")
                : input.resolveSibling(input.getFileName() + ".print");
    }

    @TestFactory
    Stream<DynamicTest> packagesAreEncoded() {
        return cases("interfaces", each -> {
            PackageGraph graph = WitReader.read(each.path(), Features.ALL);
            assertArrayEquals(
                    withoutProducers(expectedBinary(each)),
                    withoutProducers(PackageEncoder.encode(graph, graph.main())));
        });
    }

    @TestFactory
    Stream<DynamicTest> binaryPackagesAreRead() {
        return cases("interfaces", each -> {
            PackageGraph graph = PackageBinary.of(ComponentDecoder.decode(expectedBinary(each), ComponentFeatures.ALL));
            assertEquals(
                    Files.readString(printed(each.path(), graph, graph.main())),
                    WitPrinter.text(graph, graph.main(), List.of()));
        });
    }

    @TestFactory
    Stream<DynamicTest> worldsOfComponentsArePrinted() {
        return cases("components", WitComponentSuiteTest::checkWorld);
    }

    private static void checkWorld(Case each) throws IOException {
        try {
            Path expected = each.path().resolve("component.wit.print");
            Path text = each.path().resolve("component.wat");
            byte[] component = Wat.parse(text.toString(), Files.readAllBytes(text));
            PackageGraph graph = ComponentWorld.of(
                    ComponentDecoder.decode(component, ComponentFeatures.ALL), tenon.wasm.Features.ALL);
            assertEquals(Files.readString(expected), WitPrinter.text(graph, graph.main(), List.of()));
        } catch (TenonException refused) {
            throw new AssertionError(refused.getMessage(), refused);
        }
    }

    @TestFactory
    Stream<DynamicTest> packagesAreMerged() {
        return cases("merge", each -> {
            PackageGraph from = WitReader.read(each.path().resolve("from"), Features.NONE);
            PackageGraph into = WitReader.read(each.path().resolve("into"), Features.NONE);
            if (each.fails()) {
                assertThrows(WitException.class, () -> GraphMerge.merge(into, from));
                return;
            }
            PackageGraph merged = GraphMerge.merge(into, from);
            for (int i = 0; i < merged.packages().size(); i++) {
                Path expected = each.path()
                        .resolve("merge/" + merged.packages().get(i).name().name() + ".wit");
                // the suite prints a blank line more
                assertEquals(
                        Files.readString(expected).strip(),
                        WitPrinter.text(merged, new PackageId(i), List.of()).strip());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> componentsFitTheirWorldsOrNot() {
        return cases("targets", each -> {
            PackageGraph asked = WitReader.read(each.path().resolve("test.wit"), Features.NONE);
            Path text = each.path().resolve("test.wat");
            byte[] binary = Wat.parse(text.toString(), Files.readAllBytes(text));
            PackageGraph given = ComponentWorld.of(ComponentDecoder.decode(binary, ComponentFeatures.ALL));
            List<String> problems = WorldFit.problems(
                    asked,
                    asked.world("foobar").orElseThrow(),
                    given,
                    given.world("root").orElseThrow());
            assertEquals(each.fails(), !problems.isEmpty(), problems.toString());
        });
    }

    private static byte[] expectedBinary(Case each) throws IOException {
        Path text = each.suite().resolve(each.id() + ".wat");
        return Wat.parse(text.toString(), Files.readAllBytes(text));
    }

    /** The section that names the tool which wrote a component is not the same for each tool. */
    private static byte[] withoutProducers(byte[] component) {
        var sections = ComponentDecoder.decode(component, ComponentFeatures.ALL).customs().stream()
                .filter(each -> each.name().equals("producers"))
                .toList();
        var out = new BinaryWriter();
        int start = 0;
        for (var each : sections) {
            // in front of its content: an identifier, a size of one byte, and the name with its length
            int from = each.start() - "producers".length() - 3;
            assertEquals(0, component[from], "size of the section has one byte");
            out.write(component, start, from);
            start = each.end();
        }
        return out.write(component, start, component.length).toByteArray();
    }
}
