package tenon.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import tenon.component.read.ComponentDecoder;
import tenon.component.resolve.ComponentValidator;
import tenon.types.MalformedException;
import tenon.types.Place;
import tenon.types.TenonException;
import tenon.types.UnsupportedException;
import tenon.wasm.ModuleDecoder;
import tenon.wasm.ModuleValidator;

/**
 * {@code tenon validate FILE…}: whether binaries and texts are what the specification allows. All files are looked at, and all that is
 * wrong with each is told.
 */
record Validate(Console console) implements Command {

    @Override
    public String name() {
        return "validate";
    }

    @Override
    public CommandSpec spec() {
        var spec = Command.named(name(), "Check modules and components against the specification.");
        spec.usageMessage()
                .footer(
                        "",
                        "Tells all that is wrong, each with its byte: of each definition and each body what is wrong first, and nothing"
                                + " of what stands on a wrong one.");
        FeatureChoice.describe(spec);
        spec.addOption(OptionSpec.builder("--json")
                .type(boolean.class)
                .description("Print a list of what was found of each file instead of text.")
                .build());
        return spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("FILE")
                .arity("1..*")
                .type(List.class)
                .auxiliaryTypes(Path.class)
                .required(true)
                .description("Binaries or texts; `-` is standard input.")
                .build());
    }

    /** What was found of a file. */
    private record Verdict(String file, String kind, List<TenonException> problems) {}

    @Override
    public int run(ParseResult arguments) throws IOException {
        List<Path> files = arguments.matchedPositional(0).getValue();
        boolean json = arguments.matchedOptionValue("--json", false);
        FeatureChoice features = FeatureChoice.of(arguments);
        var verdicts = new ArrayList<Verdict>();
        int code = Tenon.DONE;
        for (Path file : files) {
            try {
                Verdict verdict = judge(file, features);
                verdicts.add(verdict);
                if (!json) {
                    print(verdict);
                }
                code = Math.max(code, verdict.problems.isEmpty() ? Tenon.DONE : Tenon.FAILED);
            } catch (IOException error) {
                code = Math.max(code, new ErrorReport(console, false).of(error));
            }
        }
        if (json) {
            console.out()
                    .println(JsonText.of(
                            verdicts.stream().map(Validate::describe).toList()));
        }
        return code;
    }

    private Verdict judge(Path file, FeatureChoice features) throws IOException {
        String name = WebAssemblyInput.name(file);
        try {
            byte[] bytes = WebAssemblyInput.read(console, file);
            return ComponentDecoder.isComponent(bytes)
                    ? new Verdict(
                            name,
                            "component",
                            ComponentValidator.problems(bytes, features.components(), features.core()))
                    : new Verdict(
                            name,
                            "module",
                            ModuleValidator.find(ModuleDecoder.decode(bytes), features.core())
                                    .all());
        } catch (MalformedException | UnsupportedException error) {
            return new Verdict(name, "unknown", List.of(error));
        }
    }

    private void print(Verdict verdict) {
        if (verdict.problems.isEmpty()) {
            console.out().println(verdict.file + ": valid " + verdict.kind);
        }
        for (TenonException problem : verdict.problems) {
            console.err().println(console.alarming("error:") + " " + located(verdict.file, problem));
        }
    }

    /** With the file in front, once. */
    private static String located(String file, TenonException problem) {
        return (problem.place() instanceof Place.TextPosition ? "" : file + ": ") + problem.getMessage();
    }

    private static Map<String, Object> describe(Verdict verdict) {
        var json = new LinkedHashMap<String, Object>();
        json.put("file", verdict.file);
        json.put("kind", verdict.kind);
        json.put("valid", verdict.problems.isEmpty());
        json.put("problems", verdict.problems.stream().map(Validate::describe).toList());
        return json;
    }

    private static Map<String, Object> describe(TenonException problem) {
        var json = new LinkedHashMap<String, Object>();
        json.put("message", problem.fact());
        switch (problem.place()) {
            case Place.ByteOffset(long offset) -> json.put("offset", offset);
            case Place.TextPosition text -> {
                json.put("line", text.line());
                json.put("column", text.column());
            }
            case Place.Nowhere _, Place.ManifestKey _ -> {}
        }
        return json;
    }
}
