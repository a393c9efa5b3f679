package tenon.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** sqlite compiled to WebAssembly by its own project, as a package of npm has it: three statements on an in-memory database. */
final class Sqlite {
    private static final String PACKAGE = "@sqlite.org/sqlite-wasm@3.41.2";
    private static final Path MODULE = Path.of("package", "sqlite-wasm", "jswasm", "sqlite3.wasm");
    private static final int ROUNDS = 3;

    private Sqlite() {}

    static void compare(PrintStream out) throws IOException, InterruptedException {
        Path module = module();
        var engines = new ArrayList<Engines.Engine>();
        engines.add(Engines.ours(SqliteOnTenon.class));
        engines.addAll(Engines.peers("sqlite.mjs", ""));
        List<String> arguments =
                List.of(module.toString(), Engines.resource("sqlite.sql").toString(), "60", "20");
        new Comparison("sqlite", engines).run(ROUNDS, arguments, out);
    }

    /** The module, fetched by the package's name once. */
    private static Path module() throws IOException, InterruptedException {
        Path folder = Path.of(".tenon", "bench", "sqlite").toAbsolutePath();
        Path module = folder.resolve(MODULE);
        if (!Files.exists(module)) {
            Files.createDirectories(folder);
            String script = "npm pack --silent " + PACKAGE + " && tar xzf *.tgz";
            Process process = new ProcessBuilder("sh", "-c", script)
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor() != 0 || !Files.exists(module)) {
                throw new IllegalStateException("`" + PACKAGE + "` could not be fetched; npm is needed");
            }
        }
        return module;
    }
}
