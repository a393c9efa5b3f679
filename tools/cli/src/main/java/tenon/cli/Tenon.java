package tenon.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line as a whole: which commands there are, and what becomes of their errors.
 *
 * <p>Exit codes: {@value #DONE} done; {@value #FAILED} the guest or the work failed, or a check found something; {@value #USAGE} the
 * command line is wrong, or what it names cannot be read or is not what it must be. A command that runs a guest ends with the guest's own
 * code.
 */
final class Tenon {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;

    static final String VERBOSE = "--verbose";

    private final Console console;
    private final Map<String, Command> commands = new LinkedHashMap<>();

    private Tenon(Console console) {
        this.console = console;
        for (Command command : List.of(
                new Serve(console),
                new Up(console),
                new Run(console),
                new Inspect(console),
                new Parse(console),
                new Print(console),
                new Validate(console),
                new Wit(console),
                new Compose(console),
                new PlugIn(console),
                new Wac(console),
                new ComponentGroup(console),
                new Strip(console),
                new Compile(console),
                new Cache(console),
                new Wast(console),
                new Completion(console))) {
            commands.put(command.name(), command);
        }
    }

    /** Runs the command that {@code arguments} name and returns the exit code; writes to {@code console} only. */
    static int run(Console console, String... arguments) {
        // known before parsing, since parsing can fail, too
        boolean trace = console.debug() || List.of(arguments).contains(VERBOSE);
        try {
            return new Tenon(console).run(arguments);
        } catch (Exception | VirtualMachineError error) {
            return new ErrorReport(console, trace).of(error);
        }
    }

    private int run(String... arguments) throws Exception {
        var parsed = parse(arguments);
        if (!parsed.hasSubcommand() && !parsed.unmatched().isEmpty()) {
            // `--help` makes the parser lenient: `tenon nonsense --help` would show the help and be taken for done
            throw new UnmatchedArgumentException(parsed.commandSpec().commandLine(), parsed.unmatched());
        }
        var help = CommandLine.executeHelpRequest(parsed);
        if (help != null) {
            return help;
        }
        if (!parsed.hasSubcommand()) {
            throw new UsageException("no command is given, expected one of those that `tenon --help` lists");
        }
        ParseResult own = parsed.subcommand();
        return command(own.commandSpec().name()).run(own);
    }

    private ParseResult parse(String... arguments) {
        try {
            return commandLine(arguments).parseArgs(arguments);
        } catch (MissingParameterException missing) {
            // the parser speaks of what is missing first, where what is too much explains it
            UnknownOption.in(missing.getCommandLine(), arguments).ifPresent(unknown -> {
                throw unknown;
            });
            throw missing;
        }
    }

    private Command command(String name) {
        Command command = commands.get(name);
        assert command != null : name;
        return command;
    }

    private List<Command> concerned(String... arguments) {
        @Nullable Command called = arguments.length == 0 ? null : commands.get(arguments[0]);
        return called == null || called.asksAboutOthers() ? List.copyOf(commands.values()) : List.of(called);
    }

    private CommandLine commandLine(String... arguments) {
        CommandSpec top = Command.named("tenon", "Runs WebAssembly components on the JVM.");
        top.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Print the versions of tenon and of the JVM.")
                .build());
        top.versionProvider(new Version());
        top.usageMessage()
                .synopsisSubcommandLabel("COMMAND")
                .commandListHeading("%nCommands:%n")
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(exitCodes())
                .footer(
                        "",
                        "TENON_DEBUG=1 prints stack traces, as --verbose does; NO_COLOR=1 turns colours off.",
                        "`tenon COMMAND --help` explains a command.");
        concerned(arguments).forEach(command -> top.addSubcommand(command.name(), command.spec()));
        var line = new CommandLine(top);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(console.ansi()));
        line.setOut(writer(console.out()));
        line.setErr(writer(console.err()));
        return line;
    }

    private static Map<String, String> exitCodes() {
        var codes = new LinkedHashMap<String, String>();
        codes.put(" " + DONE, "done");
        codes.put(" " + FAILED, "the guest or the work failed, or a check found something");
        codes.put(" " + USAGE, "wrong use, or input that cannot be read or is not what it must be");
        return codes;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, stream.charset());
    }
}
