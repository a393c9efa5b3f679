package tenon.conformance.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tenon.component.Component;
import tenon.component.ComponentFeatures;
import tenon.component.read.ComponentDecoder;
import tenon.component.world.World;
import tenon.component.world.WorldText;
import tenon.compose.encode.Dependencies;
import tenon.compose.resolve.Composition;
import tenon.compose.syntax.Document;
import tenon.compose.syntax.SyntaxJson;
import tenon.runtime.value.Value;
import tenon.runtime.wave.Wave;
import tenon.runtime.wave.WaveCall;
import tenon.text.Wat;
import tenon.text.script.Definition;
import tenon.text.script.WastScript;
import tenon.types.TenonException;
import tenon.types.component.EnumType;
import tenon.types.component.FlagsType;
import tenon.types.component.FunctionType;
import tenon.types.component.ListType;
import tenon.types.component.MapType;
import tenon.types.component.OptionType;
import tenon.types.component.PrimitiveType;
import tenon.types.component.RecordType;
import tenon.types.component.ResultType;
import tenon.types.component.TupleType;
import tenon.types.component.ValueType;
import tenon.types.component.VariantType;
import tenon.wasm.Features;
import tenon.wasm.Module;
import tenon.wasm.ModuleDecoder;
import tenon.wasm.ModuleValidator;
import tenon.wit.PackageGraph;
import tenon.wit.binary.ComponentWorld;
import tenon.wit.binary.PackageBinary;
import tenon.wit.binary.PackageEncoder;
import tenon.wit.print.Formatter;
import tenon.wit.print.GraphJson;
import tenon.wit.print.WitPrinter;
import tenon.wit.resolve.WitReader;
import tenon.wit.syntax.Source;

/** Decoders, validators, parsers and printers meet mistakes; what they accept they print, and read again. */
@Tag("suite")
class ReadersFuzzTest {
    private static final String[] COMPONENTS = {
        "component-model", "component-model-next", "wasm-tools-validate", "wasm-tools-validate-next"
    };

    private static final TextMutation WAT = new TextMutation(List.of(
            "(",
            ")",
            "\"",
            "$x",
            "(;",
            ";)",
            ";;",
            "(@name \"x\")",
            "(@producers (sdk \"a\" \"b\"))",
            "(@custom \"x\" \"y\")",
            "(@dylink.0 (mem-info (memory 1 1)))",
            "component",
            "core",
            "module",
            "func",
            "type",
            "(type 0)",
            "instance",
            "(instance)",
            "(component",
            "(core module)",
            "(instantiate 0",
            "(with \"a\"",
            "(alias outer 1 0 (type))",
            "(alias export 0 \"a\" (func))",
            "(canon lift",
            "(canon lower (func 0))",
            "(import \"a\" ",
            "(export \"a\" ",
            "(func 0)",
            "(param \"a\" u8)",
            "(result string)",
            "(eq 0)",
            "(sub resource)",
            "(own 0)",
            "(list 0)",
            "(tuple",
            "(param i32)",
            "(result i32)",
            "if",
            "else",
            "end",
            "(then)",
            "block",
            "loop",
            "try_table",
            "(catch 0 0)",
            "nan:0x0",
            "0x1p-99999",
            "offset=",
            "align=0",
            "elem",
            "data",
            "i64",
            "(ref null 0)",
            "sub",
            "rec",
            "(@metadata.code.branch_hint \"\\00\")",
            "(record (field \"a\" u8))",
            "(variant (case \"a\"))",
            "(stream u8)",
            "(future)",
            "(memory 0)",
            "async",
            "0",
            "1",
            "-1",
            "0xffffffff",
            "99999999999999999999",
            "1e999",
            "\u0000",
            "\u00e9",
            "\ud83c\udf0d"));

    private static final TextMutation WIT = new TextMutation(List.of(
            "package a:b;",
            "package a:b@1.0.0 {",
            "interface a {",
            "world a {",
            "{",
            "}",
            "(",
            ")",
            "<",
            ">",
            ";",
            ":",
            ",",
            "->",
            "=",
            "@",
            "%",
            "/",
            ".",
            "*",
            "//",
            "/*",
            "*/",
            "///",
            "import",
            "export",
            "include",
            "use",
            "use a.{b};",
            "with",
            "type",
            "resource",
            "record",
            "variant",
            "enum",
            "flags",
            "func()",
            "async",
            "static",
            "constructor",
            "list<u8>",
            "list<u8, 4>",
            "option<",
            "result<_, ",
            "tuple<",
            "map<string, ",
            "stream<",
            "future<",
            "borrow<",
            "own<",
            "a",
            "u8",
            "string",
            "@since(version = 1.0.0)",
            "@unstable(feature = a)",
            "@deprecated(version = 1.0.0)",
            "0",
            "\"",
            "\u0000",
            "\u00e9",
            "\u202e"));

    private static final TextMutation WAVE = new TextMutation(List.of(
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            ",",
            ":",
            "\"",
            "'",
            "\\",
            "\\u{",
            "some(",
            "none",
            "ok",
            "err(",
            "true",
            "nan",
            "-inf",
            "0",
            "-1",
            "255",
            "256",
            "1e999",
            "0x10",
            "%a",
            "a",
            "a-b",
            "//",
            "\n",
            "\u0000",
            "\u00e9",
            "\ud83c\udf0d",
            "\"\"\""));

    private static final TextMutation WAC = new TextMutation(List.of(
            "package a:b;",
            "package a:b@1.0.0 targets c:d/e;",
            "interface a {",
            "world a {",
            "{",
            "}",
            "(",
            ")",
            "<",
            ">",
            ";",
            ":",
            ",",
            "=",
            "...",
            ".",
            "[\"",
            "\"]",
            "->",
            "@1.0.0",
            "//",
            "/*",
            "*/",
            "///",
            "let a = new b:c {",
            "let",
            "new",
            "import",
            "import a: b:c/d;",
            "export",
            "export a;",
            "export a...;",
            "as",
            "with",
            "use",
            "include",
            "type",
            "resource",
            "record",
            "variant",
            "enum",
            "flags",
            "func()",
            "list<u8>",
            "option<",
            "result<_, ",
            "tuple<",
            "borrow<",
            "a",
            "u8",
            "string",
            "0",
            "\"",
            "%a",
            "\u0000",
            "\u00e9",
            "\u202e"));

    @Test
    void modules() throws IOException {
        List<byte[]> seeds = Seeds.binaries(Definition.Kind.MODULE, "core-spec", "wasmtime-core");
        check(new Fuzzing("module", 6_000, 10_000).run(seeds, new BinaryMutation(), bytes -> {
            Module module = ModuleDecoder.decode(bytes);
            String text = Wat.print(module);
            ModuleValidator.validate(module, Features.ALL);
            readAgain(text, () -> Wat.print(ModuleDecoder.decode(Wat.parse("printed", text))));
        }));
    }

    @Test
    void components() throws IOException {
        List<byte[]> seeds = Seeds.binaries(Definition.Kind.COMPONENT, COMPONENTS);
        check(new Fuzzing("component", 8_000, 10_000).run(seeds, new BinaryMutation(), bytes -> {
            Component component = ComponentDecoder.decode(bytes, ComponentFeatures.ALL);
            String text = Wat.print(component);
            WorldText.of(World.of(component));
            readAgain(
                    text, () -> Wat.print(ComponentDecoder.decode(Wat.parse("printed", text), ComponentFeatures.ALL)));
        }));
    }

    /** Real ones, whose core modules have code; their mistakes are of the bigger kind. */
    @Test
    void realComponents() throws IOException {
        List<byte[]> seeds = Seeds.real("components/zig", "components/c", "components/rust", "components/composed");
        check(new Fuzzing("real-component", 1_000, 600).run(seeds, new BinaryMutation(), bytes -> {
            Component component = ComponentDecoder.decode(bytes);
            WorldText.of(World.of(component));
            Wat.print(component);
        }));
    }

    @Test
    void componentTexts() throws IOException {
        List<byte[]> seeds = new ArrayList<>(Seeds.texts(Definition.Kind.COMPONENT, COMPONENTS));
        seeds.addAll(Seeds.files(".wat", "wit-component"));
        check(new Fuzzing("component-text", 8_000, 10_000).run(seeds, WAT, bytes -> {
            Component component = ComponentDecoder.decode(Wat.parse("fuzz", bytes), ComponentFeatures.ALL);
            String text = Wat.print(component);
            World.of(component);
            readAgain(
                    text, () -> Wat.print(ComponentDecoder.decode(Wat.parse("printed", text), ComponentFeatures.ALL)));
        }));
    }

    @Test
    void moduleTexts() throws IOException {
        List<byte[]> seeds = Seeds.texts(Definition.Kind.MODULE, "core-spec", "wasmtime-core");
        check(new Fuzzing("module-text", 10_000, 2_000)
                .run(seeds, WAT, bytes -> Wat.print(ModuleDecoder.decode(Wat.parse("fuzz", bytes)))));
    }

    @Test
    void scripts() throws IOException {
        List<byte[]> seeds = Seeds.files(".wast", "component-model", "wasmtime-component");
        check(new Fuzzing("script", 1_500, 1_000).run(seeds, WAT, bytes -> WastScript.parse("fuzz", bytes)));
    }

    @Test
    void witTexts() throws IOException {
        List<byte[]> seeds = Seeds.files(".wit", "wit-parser", "wit-parser-next");
        check(new Fuzzing("wit", 8_000, 6_000).run(seeds, WIT, bytes -> {
            Source source = Source.decode("fuzz.wit", bytes);
            Formatter.format(source);
            PackageGraph graph = WitReader.parse(source, tenon.wit.resolve.Features.ALL);
            GraphJson.of(graph);
            String text = WitPrinter.all(graph);
            // packages are printed in the order in which they need each other, which an empty `use` makes and does not
            // show
            readAgain(
                    lines(text),
                    () -> lines(WitPrinter.all(
                            WitReader.parse(new Source("printed.wit", text), tenon.wit.resolve.Features.ALL))));
            PackageEncoder.encode(graph, graph.main());
        }));
    }

    @Test
    void witBinaries() throws IOException {
        var seeds = new ArrayList<byte[]>();
        for (byte[] text : Seeds.files(".wat", "wit-component/interfaces", "wit-component-next/interfaces")) {
            seeds.add(Wat.parse("seed", text));
        }
        check(new Fuzzing("wit-binary", 4_000, 6_000).run(seeds, new BinaryMutation(), bytes -> {
            Component component = ComponentDecoder.decode(bytes);
            World.of(component);
            PackageGraph graph =
                    PackageBinary.isPackage(component) ? PackageBinary.of(component) : ComponentWorld.of(component);
            WitPrinter.all(graph);
        }));
    }

    @Test
    void wacTexts() throws IOException {
        List<byte[]> seeds = Seeds.files(".wac", "wac");
        check(new Fuzzing("wac", 6_000, 6_000).run(seeds, WAC, bytes -> {
            Document document = Document.parse(Source.decode("fuzz.wac", bytes));
            SyntaxJson.of(document);
            // nothing comes from elsewhere: what a document declares itself is resolved
            Composition.of(document, (_, _) -> Optional.empty()).encode(Dependencies.IMPORTED, Optional.empty());
        }));
    }

    @Test
    void waveTexts() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (byte[] file : Seeds.files(".waves", "wave")) {
            for (String call : new String(file, UTF_8).split(";\n", -1)) {
                seeds.add(call.getBytes(UTF_8));
            }
        }
        List.of(
                        "f([{a: some(1), b: \"x\"}, {a: none, b: \"\\u{1f30d}\"}])",
                        "f({x, y}, ok((1, 'c', -1.5e3)), {\"k\": [true]})")
                .forEach(seed -> seeds.add(seed.getBytes(UTF_8)));
        List<FunctionType> types = waveTypes();
        check(new Fuzzing("wave", 8_000, 4_000).run(seeds, WAVE, bytes -> {
            WaveCall call = WaveCall.parse(new String(bytes, UTF_8), "fuzz");
            List<TenonException> refusals = new ArrayList<>();
            types.forEach(type -> attempt(call, type).ifPresent(refusals::add));
            if (refusals.size() == types.size()) {
                throw refusals.getLast();
            }
        }));
    }

    /** Spaces behind documentation are printed, and not read. */
    private static String lines(String text) {
        return text.lines().map(String::stripTrailing).sorted().collect(Collectors.joining("\n"));
    }

    /** Why a call does not fit a function; what fits is printed and read again. */
    private static Optional<TenonException> attempt(WaveCall call, FunctionType type) {
        List<Value> values;
        try {
            values = call.arguments(type);
        } catch (TenonException e) {
            return Optional.of(e);
        }
        for (int i = 0; i < values.size(); i++) {
            ValueType each = type.params().get(i).type();
            String text = Wave.print(values.get(i));
            readAgain(text, () -> Wave.print(Wave.parse(text, each, "printed")));
        }
        return Optional.empty();
    }

    private static List<FunctionType> waveTypes() {
        ValueType u8 = PrimitiveType.U8;
        ValueType string = PrimitiveType.STRING;
        var record = new RecordType(
                List.of(new RecordType.Field("a", new OptionType(u8)), new RecordType.Field("b", string)));
        var nested = new ResultType(
                Optional.of(new TupleType(List.of(u8, PrimitiveType.CHAR, PrimitiveType.F64))), Optional.of(string));
        var variant = new VariantType(
                List.of(new VariantType.Case("x", Optional.empty()), new VariantType.Case("y", Optional.of(record))));
        var types = new ArrayList<FunctionType>();
        for (ValueType type : List.of(
                u8,
                string,
                PrimitiveType.CHAR,
                PrimitiveType.F32,
                PrimitiveType.BOOL,
                record,
                nested,
                variant,
                new ListType(record),
                new MapType(string, new ListType(PrimitiveType.BOOL)),
                new EnumType(List.of("left", "right")),
                new FlagsType(List.of("x", "y", "read", "write")))) {
            types.add(function(type));
        }
        types.add(function(
                new FlagsType(List.of("x", "y")), nested, new MapType(string, new ListType(PrimitiveType.BOOL))));
        return types;
    }

    private static FunctionType function(ValueType... types) {
        var params = new ArrayList<FunctionType.Parameter>();
        for (ValueType type : types) {
            params.add(new FunctionType.Parameter("p" + params.size(), type));
        }
        return new FunctionType(params, Optional.empty(), false);
    }

    /** What is printed of what is right can be read, and is printed the same then. */
    private static void readAgain(String text, Supplier<String> reading) {
        String again;
        try {
            again = reading.get();
        } catch (TenonException e) {
            throw new AssertionError("what was printed is refused: " + e.getMessage() + "\n" + text, e);
        }
        assertEquals(text, again);
    }

    private static void check(Fuzzing.Outcome outcome) {
        assertTrue(outcome.accepted() > 20, outcome.toString());
        assertTrue(outcome.refused() > 20, outcome.toString());
    }
}
