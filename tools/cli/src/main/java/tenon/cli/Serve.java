package tenon.cli;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import tenon.core.MemoryBudget;
import tenon.host.ComponentHandler;
import tenon.host.HttpService;
import tenon.host.Outside;
import tenon.host.ServeOptions;
import tenon.runtime.Runtime;
import tenon.runtime.StoreLimits;

/** {@code tenon serve FILE}: answers HTTP requests with a component until it is told to end, then lets requests in flight finish. */
record Serve(Console console) implements Command {
    /** What lies behind a handle is the host's memory, which the limit of linear memory does not count. */
    private static final int REQUEST_HANDLES = 10_000;

    @Override
    public String name() {
        return "serve";
    }

    @Override
    public CommandSpec spec() {
        var spec = Command.named(name(), "Answer HTTP requests with a component.");
        spec.addOption(option(
                "--addr", "HOST:PORT", "Where to listen; 127.0.0.1:8080 if not given; port 0 takes a free one."));
        spec.addOption(option("--timeout", "TIME", "How long the guest may work on a request; 30s if not given."));
        spec.addOption(option(
                "--max-concurrency", "N", "Requests in flight; those beyond wait, then get 503; 1000 if not given."));
        spec.addOption(option(
                "--max-memory-total",
                "BYTES",
                "What the guests of all requests may use together; those beyond wait, then get 503; k, m and g multiply by 1024;"
                        + " 60 %% of the heap if not given."));
        Grants.describe(spec);
        spec.addOption(OptionSpec.builder("--access-log")
                .type(boolean.class)
                .description("Log a line for each request.")
                .build());
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("FILE")
                .arity("1")
                .type(Path.class)
                .required(true)
                .description("A component that exports wasi:http/incoming-handler.")
                .build());
        spec.usageMessage()
                .footer("", "Each request is answered by a fresh instance. A guest gets nothing that no option names.");
        return spec;
    }

    private static OptionSpec option(String name, String label, String description) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(String.class)
                .description(description)
                .build();
    }

    @Override
    public int run(ParseResult arguments) throws IOException, InterruptedException {
        Path file = arguments.matchedPositional(0).getValue();
        ServeOptions options = options(arguments);
        LogLevels.quieten();
        var ended = new CountDownLatch(1);
        var closed = new CountDownLatch(1);
        try (var outside = Grants.outside(arguments);
                var service = start(file, options, arguments, outside)) {
            console.out().println("serving " + file + " on " + service.uri());
            console.out().flush();
            // the process ends when this hook does: not before requests in flight have finished
            java.lang.Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                ended.countDown();
                await(closed);
            }));
            ended.await();
        } finally {
            closed.countDown();
        }
        return Tenon.DONE;
    }

    private HttpService start(Path file, ServeOptions options, ParseResult arguments, Outside outside)
            throws IOException {
        var config = Grants.of(arguments, outside).withStdout(console.out()).withStderr(console.err());
        var limits =
                StoreLimits.DEFAULT.withMemoryBytes(options.requestMemory()).withHandles(REQUEST_HANDLES);
        var runtime = Runtime.create().withMemoryBudget(budget(arguments));
        try {
            return HttpService.startMaking(
                    options, () -> ComponentHandler.of(runtime, Grants.component(file), config, limits));
        } catch (IOException e) {
            boolean taken = e instanceof BindException || e.getCause() instanceof BindException;
            throw taken
                    ? new IOException("address `" + options.address() + "` cannot be listened on: " + e.getMessage(), e)
                    : e;
        }
    }

    private static ServeOptions options(ParseResult arguments) {
        String concurrency =
                arguments.matchedOptionValue("--max-concurrency", String.valueOf(ServeOptions.DEFAULT.concurrency()));
        if (!concurrency.matches("[1-9][0-9]{0,6}")) {
            throw new UsageException(
                    "`--max-concurrency " + concurrency + "` is no number of requests, expected 1 or more");
        }
        return ServeOptions.DEFAULT
                .withAddress(Grants.address(arguments.matchedOptionValue("--addr", "127.0.0.1:8080")))
                .withRequestTime(Grants.duration("--timeout", arguments.matchedOptionValue("--timeout", "30s")))
                .withRequestMemory(Grants.memory(arguments))
                .withConcurrency(Integer.parseInt(concurrency))
                .withAccessLog(arguments.matchedOptionValue("--access-log", false));
    }

    private static MemoryBudget budget(ParseResult arguments) {
        String text = arguments.matchedOptionValue("--max-memory-total", "");
        return text.isEmpty() ? MemoryBudget.ofHeap() : MemoryBudget.of(Grants.size("--max-memory-total", text));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
