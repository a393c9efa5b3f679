package tenon.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import tenon.compose.resolve.Composition;
import tenon.compose.syntax.Document;
import tenon.compose.syntax.SyntaxJson;

/** {@code tenon wac ACTION FILE}: what is in a WAC document, and what it means. */
record Wac(Console console) implements Command {

    /** What can be asked for, by the words of the command line. */
    @SuppressWarnings("java:S115")
    enum Action {
        parse,
        resolve
    }

    @Override
    public String name() {
        return "wac";
    }

    @Override
    public CommandSpec spec() {
        var spec = Command.named(name(), "Show what is in a WAC document, and what it means.");
        spec.usageMessage()
                .footer(
                        "",
                        "parse    its syntax tree as JSON",
                        "resolve  the graph of what is instantiated and passed on, for Graphviz",
                        "",
                        "`tenon compose` makes the component.");
        Composing.addPackages(spec);
        spec.addPositional(PositionalParamSpec.builder()
                .index("0")
                .paramLabel("ACTION")
                .type(Action.class)
                .required(true)
                .description("One of: ${COMPLETION-CANDIDATES}.")
                .build());
        return spec.addPositional(PositionalParamSpec.builder()
                .index("1")
                .paramLabel("FILE")
                .type(Path.class)
                .required(true)
                .description("The document, a .wac file.")
                .build());
    }

    @Override
    public int run(ParseResult arguments) throws IOException {
        Action action = arguments.matchedPositional(0).getValue();
        Path file = arguments.matchedPositional(1).getValue();
        Document document = Composing.document(file);
        console.out()
                .print(
                        switch (action) {
                            case parse -> SyntaxJson.of(document) + "\n";
                            case resolve ->
                                Composition.of(document, Composing.packages(file, arguments))
                                        .graph()
                                        .toDot();
                        });
        console.out().flush();
        return Tenon.DONE;
    }
}
