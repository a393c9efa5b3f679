package tenon.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tenon.core.CodeCounts;
import tenon.core.CoreInstance;

/** The engines on this machine, ours first, and processes that measure them. */
final class Engines {
    private static final long PROCESS_LIMIT_SECONDS = 600;

    private Engines() {}

    /** An engine and the command that measures it; arguments are added to it. */
    record Engine(String name, List<String> command) {}

    /** One line of a measuring process. */
    record Measured(String name, long nanos, String result) {}

    /** The name of the line that counts methods which the JIT refuses, instead of a time. */
    static final String HUGE_METHODS = "huge-methods";

    /** That line, for what was compiled of an instance's engine. */
    static String hugeMethods(CoreInstance instance) {
        return HUGE_METHODS + " "
                + instance.linked().module().engine().codeCounts().hugeMethods() + " methods";
    }

    /** What is said of that line. */
    static void printHugeMethods(Map<String, Measured> lines, PrintStream out) {
        Measured line = lines.get(HUGE_METHODS);
        if (line != null) {
            out.printf("methods over %,d bytes: %d%n", CodeCounts.MOST_BYTES, line.nanos());
        }
    }

    /** Ours, measured by a main class of this module. */
    static Engine ours(Class<?> main, String... jvmFlags) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(jvmFlags));
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        return new Engine("tenon", command);
    }

    /** The peers that are installed, each with its script of our resources. */
    static List<Engine> peers(String nodeScript, String pythonScript) {
        var peers = new ArrayList<Engine>();
        if (!nodeScript.isEmpty() && answers("node", "--version")) {
            peers.add(new Engine("v8", List.of("node", resource(nodeScript).toString())));
        }
        if (!pythonScript.isEmpty() && answers("python3", "-c", "import wasmtime")) {
            peers.add(new Engine(
                    "wasmtime", List.of("python3", resource(pythonScript).toString())));
        }
        return peers;
    }

    static boolean answers(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** A resource of this package as a file, deleted at the end. */
    static Path resource(String name) {
        try (InputStream in = Engines.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource `" + name + "` does not exist");
            }
            Path file = Files.createTempFile("bench", "-" + name);
            Files.write(file, in.readAllBytes());
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** Runs an engine's process once; its lines by name, in order. */
    static Map<String, Measured> measure(Engine engine, List<String> arguments)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(engine.command());
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var lines = new LinkedHashMap<String, Measured>();
        try (var reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] words = line.split(" ", 3);
                lines.put(words[0], new Measured(words[0], Long.parseLong(words[1]), words[2]));
            }
        }
        if (!process.waitFor(PROCESS_LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException("`" + engine.name() + "` failed: " + String.join(" ", command));
        }
        return lines;
    }
}
