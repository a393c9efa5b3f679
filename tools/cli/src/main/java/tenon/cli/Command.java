package tenon.cli;

import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * One command of {@code tenon}; {@link Tenon} lists them.
 *
 * <p>Commands describe themselves by builders and not by annotations, which would be read by reflection at each start: it is the greater
 * part of the time that `tenon --version` takes (docs/decisions/0002).
 */
interface Command {

    /** The word that calls it. */
    String name();

    /** Whether it needs the descriptions of all commands, which are not made otherwise: they take their time. */
    default boolean asksAboutOthers() {
        return false;
    }

    /** Name, options, parameters and help. Begin with {@link #named}. */
    CommandSpec spec();

    /**
     * Does the work and returns the exit code. Whatever is thrown is reported with its place by {@link ErrorReport}: a {@link
     * UsageException} if the arguments are at fault.
     *
     * @param arguments by name of option or index of parameter: {@code arguments.matchedOptionValue("--addr", "127.0.0.1:8080")}
     */
    int run(ParseResult arguments) throws Exception;

    /** A description with the options that every command has; {@code description} is one sentence. */
    static CommandSpec named(String name, String description) {
        var spec = CommandSpec.create().name(name);
        spec.usageMessage().description(description).autoWidth(true);
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help.")
                .build());
        spec.addOption(OptionSpec.builder(Tenon.VERBOSE)
                .type(boolean.class)
                .description("Print the stack trace of an error.")
                .build());
        return spec;
    }

    /** Has a command take {@code --json}. */
    static void addJson(CommandSpec spec) {
        spec.addOption(OptionSpec.builder("--json")
                .type(boolean.class)
                .description("Print JSON.")
                .build());
    }

    /** Has a command take {@code FILE}, and gives its description back. */
    static CommandSpec addFile(CommandSpec spec, String description) {
        return spec.addPositional(PositionalParamSpec.builder()
                .index("0")
                .paramLabel("FILE")
                .type(Path.class)
                .required(true)
                .description(description)
                .build());
    }
}
