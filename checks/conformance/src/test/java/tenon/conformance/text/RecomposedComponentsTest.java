package tenon.conformance.text;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import tenon.component.read.ComponentDecoder;
import tenon.component.world.World;
import tenon.compose.encode.Dependencies;
import tenon.compose.encode.GraphEncoder;
import tenon.compose.graph.CompositionGraph;
import tenon.compose.graph.Node;
import tenon.compose.graph.Package;
import tenon.compose.type.TrackedName;
import tenon.testing.SharedFolder;
import tenon.text.Wat;
import tenon.text.script.Definition;
import tenon.types.TenonException;

/**
 * A component that is composed with nothing, its imports passed on and its exports exported, is a component of the same world; embedded, and
 * imported by its type.
 */
@Tag("suite")
class RecomposedComponentsTest {

    @TestFactory
    Stream<DynamicTest> componentsOfTheSuites() {
        return Suite.tests(
                List.of("component-model-next", "wasm-tools-validate-next", "wasmtime-component"),
                script -> assertAll(script.parse().directives().stream()
                        .flatMap(directive -> PrintedModulesTest.definition(directive).stream())
                        .filter(definition -> definition.kind() == Definition.Kind.COMPONENT)
                        .map(definition -> () -> recompose(
                                binary(definition), definition.position().describe()))));
    }

    @TestFactory
    Stream<DynamicTest> componentsOfOthers() {
        return Stream.of("conformance/wit-component-next/components", "components", "wasi-programs")
                .flatMap(path -> SharedFolder.find(path).stream())
                .flatMap(RecomposedComponentsTest::files)
                .map(file -> DynamicTest.dynamicTest(
                        file.getFileName() + " of " + file.getParent().getFileName(), () -> {
                            byte[] bytes = Files.readAllBytes(file);
                            recompose(
                                    file.toString().endsWith(".wat") ? text(file, bytes) : Optional.of(bytes),
                                    file.toString());
                        }));
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files
                    .filter(file ->
                            file.endsWith("component.wat") || file.toString().endsWith(".wasm"))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Optional<byte[]> binary(Definition definition) {
        try {
            return Optional.of(definition.bytes());
        } catch (TenonException _) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> text(Path file, byte[] text) {
        try {
            return Optional.of(Wat.parse(file.toString(), text));
        } catch (TenonException _) {
            return Optional.empty();
        }
    }

    private static void recompose(Optional<byte[]> input, String place) {
        if (input.isEmpty() || !ComponentDecoder.isComponent(input.get())) {
            return;
        }
        World world;
        try {
            world = World.of(ComponentDecoder.decode(input.get()));
        } catch (TenonException _) {
            // what is no component is for other tests
            return;
        }
        try {
            var graph = new CompositionGraph();
            Package read = graph.register(Package.of("the:component", Optional.empty(), place, input.get()));
            if (read.isWit()) {
                return;
            }
            Node instance = graph.instantiate(read);
            read.world().exports().keySet().forEach(name -> graph.export(graph.alias(instance, name), name));
            for (Dependencies form : List.of(Dependencies.EMBEDDED, Dependencies.IMPORTED)) {
                byte[] made = GraphEncoder.encode(graph, form, Optional.empty());
                GraphEncoder.requireValid(made);
                World other = World.of(ComponentDecoder.decode(made));
                assertEquals(names(world.exports()), names(other.exports()), place);
                assertEquals(List.of(), lost(world.imports(), other.imports()), place);
                if (form == Dependencies.EMBEDDED) {
                    assertEquals(List.of(), lost(other.imports(), world.imports()), place);
                }
            }
        } catch (AssertionError | RuntimeException failed) {
            throw new AssertionError(place + ": " + failed, failed);
        }
    }

    /** Imports that have none in the other world which can stand for them: versions of one track have become one. */
    private static List<String> lost(List<World.Extern> imports, List<World.Extern> others) {
        return names(imports).stream()
                .filter(name -> names(others).stream().noneMatch(other -> TrackedName.compatible(name, other)))
                .toList();
    }

    private static List<String> names(List<World.Extern> externs) {
        return externs.stream().map(each -> each.name().text()).toList();
    }
}
