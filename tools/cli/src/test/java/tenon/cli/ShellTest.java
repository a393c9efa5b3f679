package tenon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts `build` and `tenon`, in a checkout of their own, with a JDK and a Maven that are scripts, too. */
class ShellTest {
    private static final Path ROOT = Path.of(System.getProperty("tenon.root"));

    @TempDir
    Path folder;

    private Path checkout;
    private Path jdk;
    private Path tools;

    @BeforeEach
    void layOut() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no /bin/bash");
        checkout = folder.resolve("check out");
        Files.createDirectories(checkout.resolve("tools/shell"));
        for (String file : List.of("build", "tenon", "tools/shell/jdk.sh", "tools/shell/app.sh")) {
            Files.copy(ROOT.resolve(file), checkout.resolve(file));
        }
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        jdk = jdk("jdk", "25.0.9");
        tools = Files.createDirectories(folder.resolve("bin"));
        maven("exit 0");
    }

    @Test
    void oldJavaHomeIsPassedOver() throws Exception {
        Path old = jdk("old", "17.0.15");
        assertEquals("17\n", shell("jdk_version '" + old + "'; echo $VERSION").out());
        assertEquals("\n", shell("jdk_version '" + folder + "'; echo $VERSION").out());
        assertEquals(
                jdk + "\n",
                shell("JAVA_HOME='" + jdk + "'; find_jdk && echo \"$JDK\"").out());
        Run passed = shell("JAVA_HOME='" + old + "'; find_jdk && echo \"$JDK\"");
        assertFalse(passed.out().contains(old.toString()), passed.out());
    }

    @Test
    void linksAreFollowedToTheFile() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("a"), Path.of("b"));
        Files.createSymbolicLink(folder.resolve("b"), checkout.resolve("build"));
        assertEquals(
                checkout.toRealPath().resolve("build") + "\n",
                shell("resolved '" + link + "'").out());
    }

    @Test
    void missingMavenIsExplained() throws Exception {
        Path bare = Files.createDirectories(folder.resolve("bare"));
        Files.copy(Path.of("/bin/cat"), bare.resolve("cat"));
        Run run = shell("PATH='" + bare + "'; find_maven");
        assertEquals(1, run.code());
        assertTrue(run.err().contains("Maven (`mvn`) is not on the PATH"), run.err());
    }

    @Test
    void countsAreSummedAndAFailureFailsTheBuild() throws Exception {
        maven("""
                mkdir -p a/target/quick/surefire-reports b/c/target/quick/surefire-reports
                echo '<testsuite name="A" tests="7" errors="1" skipped="2" failures="0">' >a/target/quick/surefire-reports/TEST-A.xml
                echo '<testsuite name="B" tests="4" errors="0" skipped="0" failures="1">' >b/c/target/quick/surefire-reports/TEST-B.xml
                """);
        Run run = run(checkout, checkout.resolve("build").toString(), "quick");
        assertTrue(run.out().endsWith("\n7 passed, 2 failed, 2 skipped\n"), run.out());
        assertEquals(1, run.code());
    }

    @Test
    void noTestAtAllFailsTheBuild() throws Exception {
        Run run = run(checkout, checkout.resolve("build").toString(), "quick");
        assertTrue(run.out().endsWith("\n0 passed, 0 failed, 0 skipped\n"), run.out());
        assertEquals(1, run.code());
    }

    @Test
    void unknownGoalIsRefused() throws Exception {
        Run run = run(checkout, checkout.resolve("build").toString(), "verfiy");
        assertEquals(2, run.code());
        assertTrue(run.err().startsWith("error: goal `verfiy` does not exist"), run.err());
    }

    @Test
    void firstUseBuildsAndTheSecondDoesNot() throws Exception {
        buildsJars();
        Path link = Files.createSymbolicLink(folder.resolve("tn"), checkout.resolve("tenon"));
        Run first = run(folder, link.toString(), "run", "a b");
        assertEquals("started: run|a b|\n", first.out(), first.err());
        assertTrue(first.err().contains("tenon: building types [1/2]\n"), first.err());
        Run second = run(folder, link.toString(), "--version");
        assertEquals("started: --version|\n", second.out());
        assertEquals("", second.err());
    }

    @Test
    void newerSourceIsBuilt() throws Exception {
        buildsJars();
        run(checkout, "./tenon");
        Path source = checkout.resolve("model/types/src/main/java/A.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, "class A {}");
        Path built = checkout.resolve(".tenon/built");
        Files.setLastModifiedTime(built, java.nio.file.attribute.FileTime.fromMillis(0));
        assertTrue(run(checkout, "./tenon").err().contains("building"));
        assertEquals("", run(checkout, "./tenon").err());
    }

    @Test
    void failedBuildShowsWhyAndStartsNothing() throws Exception {
        maven("echo '[ERROR] A.java:[3,1] class expected'; echo '[ERROR] -> [Help 1]'; exit 1");
        Run run = run(checkout, "./tenon", "--version");
        assertEquals(1, run.code());
        assertEquals("", run.out());
        assertTrue(run.err().contains("  A.java:[3,1] class expected\n"), run.err());
        assertFalse(run.err().contains("Help"), run.err());
        assertFalse(Files.exists(checkout.resolve(".tenon/lock")), "the lock is given back");
    }

    @Test
    void lockOfAProcessThatIsGoneIsTakenOver() throws Exception {
        buildsJars();
        Files.createDirectories(checkout.resolve(".tenon/lock"));
        Files.writeString(checkout.resolve(".tenon/lock/pid"), "99999999\n");
        Run run = run(checkout, "./tenon", "x");
        assertEquals("started: x|\n", run.out(), run.err());
    }

    private record Run(int code, String out, String err) {}

    /** Runs {@code command} after the functions of jdk.sh are there. */
    private Run shell(String command) throws Exception {
        return run(checkout, "/bin/bash", "-c", ". tools/shell/jdk.sh; " + command);
    }

    private Run run(Path directory, String... command) throws Exception {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        var builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().putAll(Map.of("JAVA_HOME", jdk.toString(), "PATH", tools + ":/usr/bin:/bin"));
        var process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertTrue(ended, "the script ends");
        return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = Files.createDirectories(folder.resolve(name));
        script(home.resolve("bin/javac"), "exit 1");
        script(home.resolve("bin/java"), """
                while [ $# -gt 0 ] && [ "$1" != tenon.cli.Main ]; do shift; done
                [ $# -gt 0 ] || exit 1
                shift
                printf 'started: '; [ $# -eq 0 ] || printf '%s|' "$@"; echo
                """);
        Files.writeString(home.resolve("release"), """
                IMPLEMENTOR="Nobody"
                JAVA_RUNTIME_VERSION="%1$s+1"
                JAVA_VERSION="%1$s"
                """.formatted(version));
        return home;
    }

    private void maven(String text) throws IOException {
        script(tools.resolve("mvn"), text);
    }

    private void buildsJars() throws IOException {
        maven("""
                echo '[INFO] Building tenon-types 0.1.0   [1/2]'
                echo '[INFO] Building tenon-cli 0.1.0     [2/2]'
                mkdir -p tools/cli/target/quick/lib checks/bench/target/quick/lib
                echo jar >tools/cli/target/quick/lib/picocli-1.jar
                echo jar >tools/cli/target/quick/tenon-cli-0.jar
                echo jar >checks/bench/target/quick/tenon-bench-0.jar
                """);
    }

    private static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/bash\n" + text, StandardCharsets.UTF_8);
        assertTrue(file.toFile().setExecutable(true));
    }
}
