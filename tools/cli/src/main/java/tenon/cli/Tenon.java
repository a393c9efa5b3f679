package tenon.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The command line as a whole: which commands there are, and what becomes of their errors.
 *
 * <p>Exit codes: {@value #DONE} done; {@value #FAILED} the guest or the command failed; {@value #USAGE} the command line cannot be
 * carried out as it is written. A command that runs a guest ends with the guest's own code.
 */
@Command(
        name = "tenon",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Runs WebAssembly components on the JVM.",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the guest or the command failed",
            "2:the command line cannot be carried out as it is written"
        },
        footer = {
            "",
            "TENON_DEBUG=1 prints stack traces, as --verbose does; NO_COLOR=1 turns colours off.",
            "'tenon COMMAND --help' explains a command."
        })
final class Tenon implements Runnable {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;

    private final Console console;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Print the stack trace of an error.")
    private boolean verbose;

    private Tenon(Console console) {
        this.console = console;
    }

    /** Runs the command that {@code arguments} name and returns the exit code; writes to {@code console} only. */
    static int run(Console console, String... arguments) {
        var tenon = new Tenon(console);
        try {
            return tenon.commandLine().execute(arguments);
        } catch (VirtualMachineError error) {
            return tenon.report().of(error);
        }
    }

    /** Without a command: says what there is. */
    @Override
    public void run() {
        throw new UsageException("no command is given, expected one of those that `tenon --help` lists");
    }

    private CommandLine commandLine() {
        var line = new CommandLine(this);
        line.addSubcommand(new Completion(console));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(console.ansi()));
        line.setOut(writer(console.out()));
        line.setErr(writer(console.err()));
        line.setUsageHelpAutoWidth(true);
        line.setParameterExceptionHandler((mistake, _) -> report().of(mistake));
        line.setExecutionExceptionHandler((error, _, _) -> report().of(error));
        return line;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, stream.charset());
    }

    private ErrorReport report() {
        return new ErrorReport(console, verbose || console.debug());
    }
}
