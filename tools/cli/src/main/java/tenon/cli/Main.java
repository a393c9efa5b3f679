package tenon.cli;

/** Where the process starts. */
public final class Main {

    private Main() {}

    /** Runs one command and ends the process with its exit code; {@link Tenon} says what the codes mean. */
    public static void main(String[] arguments) {
        int code = Tenon.run(Console.ofProcess(), arguments);
        System.out.flush();
        System.err.flush();
        System.exit(code);
    }
}
