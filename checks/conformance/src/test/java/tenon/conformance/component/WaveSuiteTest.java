package tenon.conformance.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import tenon.runtime.value.Value;
import tenon.runtime.wave.Wave;
import tenon.runtime.wave.WaveCall;
import tenon.testing.SharedFolder;
import tenon.types.InvalidException;
import tenon.types.Place;
import tenon.types.TenonException;
import tenon.types.component.EnumType;
import tenon.types.component.FlagsType;
import tenon.types.component.FunctionType;
import tenon.types.component.ListType;
import tenon.types.component.OptionType;
import tenon.types.component.PrimitiveType;
import tenon.types.component.RecordType;
import tenon.types.component.ResultType;
import tenon.types.component.ValueType;

/**
 * The suite of WAVE: calls that are accepted, with their canonical form, and calls that are refused.
 *
 * <p>The functions that the suite declares in WIT are built by hand here, until there is a reader of WIT.
 */
@Tag("suite")
class WaveSuiteTest {
    private static final ValueType U8 = PrimitiveType.U8;
    private static final ValueType BYTE_OPTION = new OptionType(U8);
    private static final ValueType EMPTY_RESULT = new ResultType(Optional.empty(), Optional.empty());
    private static final String PACKAGE = "ui:tests/ui";
    private static final String VERSION = "@0.1.0";
    private static final List<String> KEYWORDS = List.of("true", "false", "some", "none", "ok", "err", "inf", "nan");

    private static final Map<String, FunctionType> FUNCTIONS = functions();

    private static Map<String, FunctionType> functions() {
        var functions = new HashMap<String, FunctionType>();
        functions.put("nullary", new FunctionType(List.of(), Optional.empty(), false));
        for (PrimitiveType type : List.of(PrimitiveType.F32, PrimitiveType.F64)) {
            functions.put(type.toString(), function("val", type));
            functions.put("list-" + type, function("vals", new ListType(type)));
        }
        for (PrimitiveType type : List.of(PrimitiveType.CHAR, PrimitiveType.STRING)) {
            functions.put(type.toString(), function("val", type));
            functions.put("list-" + type + "s", function("vals", new ListType(type)));
        }
        functions.put("option-u8", function("opt", BYTE_OPTION));
        functions.put("result-ok-u8", function("res", new ResultType(Optional.of(U8), Optional.empty())));
        functions.put("result-err-u8", function("res", new ResultType(Optional.empty(), Optional.of(U8))));
        functions.put("result-both-u8", function("res", new ResultType(Optional.of(U8), Optional.of(U8))));
        functions.put("result-no-payloads", function("res", EMPTY_RESULT));
        functions.put("basic-record", function("rec", record("required", U8, "optional", BYTE_OPTION)));
        functions.put("optional-fields-record", function("rec", record("a", BYTE_OPTION, "b", BYTE_OPTION)));
        functions.put("keyword-fields-record", function("rec", keywordFields()));
        functions.put("hand-enum", function("enm", new EnumType(List.of("left", "right"))));
        functions.put("keyword-cases-enum", function("enm", new EnumType(KEYWORDS)));
        functions.put("permission-flags", function("flgs", new FlagsType(List.of("read", "write"))));
        return functions;
    }

    private static RecordType keywordFields() {
        var bool = PrimitiveType.BOOL;
        var f32 = PrimitiveType.F32;
        return record(
                "true",
                bool,
                "false",
                bool,
                "some",
                BYTE_OPTION,
                "none",
                BYTE_OPTION,
                "ok",
                EMPTY_RESULT,
                "err",
                EMPTY_RESULT,
                "inf",
                f32,
                "nan",
                f32);
    }

    private static RecordType record(Object... labelsAndTypes) {
        var fields = new ArrayList<RecordType.Field>();
        for (int i = 0; i < labelsAndTypes.length; i += 2) {
            fields.add(new RecordType.Field((String) labelsAndTypes[i], (ValueType) labelsAndTypes[i + 1]));
        }
        return new RecordType(fields);
    }

    private static FunctionType function(String label, ValueType type) {
        return new FunctionType(List.of(new FunctionType.Parameter(label, type)), Optional.empty(), false);
    }

    @TestFactory
    Stream<DynamicTest> callsAreReadOrRefused() {
        return SharedFolder.find("conformance/wave/ui").stream().flatMap(WaveSuiteTest::files);
    }

    private static Stream<DynamicTest> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".waves")).sorted().toList().stream()
                    .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> run(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(Path file) throws IOException {
        List<String> calls = Arrays.asList(Files.readString(file).split(";\n|;$"));
        if (file.getFileName().toString().startsWith("reject")) {
            calls.forEach(call -> assertThrows(TenonException.class, () -> canonical(call), call));
            return;
        }
        Path out = file.resolveSibling(file.getFileName().toString().replace(".waves", ".out"));
        List<String> expected = Files.readAllLines(out).stream()
                .filter(line -> !line.startsWith("//"))
                .toList();
        assertEquals(expected, calls.stream().map(WaveSuiteTest::canonical).toList());
    }

    /** The call with every argument named. */
    private static String canonical(String text) {
        String withoutTitle = text.replaceAll("(?m)\\A(\\s*//.*\\n)+", "");
        WaveCall call = WaveCall.parse(withoutTitle, "test");
        FunctionType type = find(call.name());
        List<Value> values = call.arguments(type);
        var arguments = new ArrayList<String>();
        for (int i = 0; i < values.size(); i++) {
            arguments.add(type.params().get(i).label() + ": " + Wave.print(values.get(i)));
        }
        return call.name() + arguments.stream().collect(Collectors.joining(", ", "(", ")"));
    }

    private static FunctionType find(String name) {
        String own = name.endsWith(VERSION) && name.startsWith(PACKAGE)
                ? name.substring(0, name.length() - VERSION.length())
                : name;
        int dot = own.lastIndexOf('.');
        boolean known = dot < 0 || List.of("ui", PACKAGE).contains(own.substring(0, dot));
        FunctionType type = FUNCTIONS.get(own.substring(dot + 1));
        if (!known || type == null) {
            throw new InvalidException(Place.NOWHERE, "unknown function `" + name + "`");
        }
        return type;
    }
}
