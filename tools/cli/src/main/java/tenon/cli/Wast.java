package tenon.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import tenon.script.ScriptFile;
import tenon.script.ScriptResult;
import tenon.script.ScriptRunner;
import tenon.types.Place;

/**
 * {@code tenon wast [--json] [--large-memories] [--time-limit SECONDS] FILE…}: runs scripts. Ends with the number of assertions that passed, failed and were skipped;
 * fails if one of them failed.
 */
record Wast(Console console) implements Command {

    @Override
    public String name() {
        return "wast";
    }

    @Override
    public CommandSpec spec() {
        var spec = Command.named(name(), "Run WebAssembly scripts and count their assertions.");
        spec.usageMessage()
                .footer(
                        "",
                        "Each directive is one assertion: a module has to be instantiated, an action has to succeed.",
                        "A `manifest.json` in a folder above a script says which features it needs, or the script's own header:"
                                + " `;;! gc = true`, or `;; RUN: wast -f gc`. Scripts that need what is not supported are skipped.");
        spec.addOption(OptionSpec.builder("--json")
                .type(boolean.class)
                .description("Print one JSON object instead of text.")
                .build());
        EngineChoice.describe(spec);
        spec.addOption(OptionSpec.builder("--time-limit")
                .paramLabel("SECONDS")
                .type(Integer.class)
                .description("How long a script may take, " + ScriptRunner.TIME_LIMIT.toSeconds()
                        + " when nothing is said; what is left of it then has failed.")
                .build());
        return spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("FILE")
                .arity("1..*")
                .type(List.class)
                .auxiliaryTypes(Path.class)
                .required(true)
                .description("Scripts, .wast files, or folders of them.")
                .build());
    }

    @Override
    public int run(ParseResult arguments) throws IOException {
        List<Path> files = arguments.matchedPositional(0).getValue();
        boolean json = arguments.matchedOptionValue("--json", false);
        Duration limit = timeLimit(arguments);
        var scripts = new ArrayList<ScriptFile>();
        for (Path file : files) {
            if (!Files.exists(file)) {
                throw new NoSuchFileException(file.toString());
            }
            List<ScriptFile> found = ScriptFile.in(file);
            // a wrong path must not look like a suite that passed
            if (found.isEmpty()) {
                throw new UsageException("folder `" + file + "` holds no scripts, expected files that end in .wast");
            }
            scripts.addAll(found);
        }
        var results = new ArrayList<ScriptResult>();
        for (ScriptFile script : scripts) {
            ScriptResult result = script.run(EngineChoice.largeMemories(arguments), limit);
            results.add(result);
            if (!json) {
                print(result);
            }
        }
        int passed = results.stream().mapToInt(ScriptResult::passed).sum();
        int failed =
                results.stream().mapToInt(result -> result.failures().size()).sum();
        int skipped = results.stream().mapToInt(ScriptResult::skipped).sum();
        console.out()
                .println(
                        json
                                ? "{\"files\":["
                                        + results.stream().map(Wast::json).collect(Collectors.joining(","))
                                        + "],\"passed\":" + passed + ",\"failed\":" + failed + ",\"skipped\":" + skipped
                                        + "}"
                                : passed + " passed, " + failed + " failed, " + skipped + " skipped");
        return failed == 0 ? Tenon.DONE : Tenon.FAILED;
    }

    private static Duration timeLimit(ParseResult arguments) {
        int seconds = arguments.matchedOptionValue("--time-limit", (int) ScriptRunner.TIME_LIMIT.toSeconds());
        if (seconds <= 0) {
            throw new UsageException("a time limit of " + seconds + " s is none, expected at least 1");
        }
        return Duration.ofSeconds(seconds);
    }

    private void print(ScriptResult result) {
        for (ScriptResult.Failure failure : result.failures()) {
            console.out().println(console.alarming("failed") + " " + failure.text());
        }
        if (result.skipped() > 0) {
            console.out().println("skipped " + result.file() + ": " + result.reason());
        }
    }

    private static String json(ScriptResult result) {
        return "{\"file\":" + quote(result.file()) + ",\"passed\":" + result.passed() + ",\"failed\":"
                + result.failures().size() + ",\"skipped\":" + result.skipped() + ",\"reason\":"
                + quote(result.reason())
                + ",\"failures\":["
                + result.failures().stream().map(Wast::json).collect(Collectors.joining(",")) + "]}";
    }

    private static String json(ScriptResult.Failure failure) {
        Place.TextPosition position = failure.position();
        return "{\"line\":" + position.line() + ",\"column\":" + position.column() + ",\"why\":" + quote(failure.why())
                + "}";
    }

    /** A JSON string: RFC 8259, section 7. */
    private static String quote(String text) {
        var quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c < ' ') {
                quoted.append("\\u%04x".formatted(c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }
}
