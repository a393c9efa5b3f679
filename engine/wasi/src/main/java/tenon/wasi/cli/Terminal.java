package tenon.wasi.cli;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Optional;
import tenon.runtime.HostInterface;

/**
 * {@code wasi:cli/terminal-*@0.2}: whether the standard streams are terminals. Immutable.
 *
 * <p>The resources have no functions in 0.2: that a guest gets one is all that it learns.
 */
public final class Terminal {
    private static final HostInterface INPUT = HostInterface.of(
                    "wasi:cli/terminal-input@0.2.12", Terminal.class, MethodHandles.lookup())
            .resource("terminal-input", TerminalInput.class)
            .build();

    private static final HostInterface OUTPUT = HostInterface.of(
                    "wasi:cli/terminal-output@0.2.12", Terminal.class, MethodHandles.lookup())
            .resource("terminal-output", TerminalOutput.class)
            .build();

    /** The five interfaces, for a Linker. */
    public static final List<HostInterface> INTERFACES = List.of(
            INPUT,
            OUTPUT,
            getter("stdin", "input", INPUT, "getTerminalStdin"),
            getter("stdout", "output", OUTPUT, "getTerminalStdout"),
            getter("stderr", "output", OUTPUT, "getTerminalStderr"));

    private final boolean stdin;
    private final boolean stdout;
    private final boolean stderr;

    /** Which of the three are terminals. */
    public Terminal(boolean stdin, boolean stdout, boolean stderr) {
        this.stdin = stdin;
        this.stdout = stdout;
        this.stderr = stderr;
    }

    private static HostInterface getter(String stream, String kind, HostInterface of, String method) {
        return HostInterface.of("wasi:cli/terminal-" + stream + "@0.2.12", Terminal.class, MethodHandles.lookup())
                .resourceOf("terminal-" + kind, of)
                .function("get-terminal-" + stream, method, methodType(Optional.class))
                .build();
    }

    Optional<TerminalInput> getTerminalStdin() {
        return stdin ? Optional.of(new TerminalInput()) : Optional.empty();
    }

    Optional<TerminalOutput> getTerminalStdout() {
        return stdout ? Optional.of(new TerminalOutput()) : Optional.empty();
    }

    Optional<TerminalOutput> getTerminalStderr() {
        return stderr ? Optional.of(new TerminalOutput()) : Optional.empty();
    }

    /** {@code terminal-input}. Immutable. */
    public static final class TerminalInput {
        TerminalInput() {}
    }

    /** {@code terminal-output}. Immutable. */
    public static final class TerminalOutput {
        TerminalOutput() {}
    }
}
