package tenon.cli;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import tenon.core.MemoryBudget;
import tenon.host.HttpService;
import tenon.host.ServeOptions;
import tenon.runtime.StoreLimits;

/** The options by which commands that answer requests are told what one request, and all of them, may use. */
final class ServiceOptions {
    /** What lies behind a handle is the host's memory, which the limit of linear memory does not count. */
    private static final int REQUEST_HANDLES = 10_000;

    private ServiceOptions() {}

    /** Adds the options. */
    static void describe(CommandSpec spec) {
        spec.addOption(option("--timeout", "TIME", "How long the guest may work on a request; 30s if not given."));
        spec.addOption(option(
                "--max-concurrency", "N", "Requests in flight; those beyond wait, then get 503; 1000 if not given."));
        spec.addOption(option(
                "--max-memory-total",
                "BYTES",
                "What the guests of all requests may use together; those beyond wait, then get 503; k, m and g multiply by 1024;"
                        + " 60 %% of the heap if not given."));
        spec.addOption(OptionSpec.builder("--access-log")
                .type(boolean.class)
                .description("Log a line for each request.")
                .build());
    }

    static OptionSpec option(String name, String label, String description) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(String.class)
                .description(description)
                .build();
    }

    static ServeOptions of(ParseResult arguments, InetSocketAddress address) {
        String concurrency =
                arguments.matchedOptionValue("--max-concurrency", String.valueOf(ServeOptions.DEFAULT.concurrency()));
        if (!concurrency.matches("[1-9][0-9]{0,6}")) {
            throw new UsageException(
                    "`--max-concurrency " + concurrency + "` is no number of requests, expected 1 or more");
        }
        return ServeOptions.DEFAULT
                .withAddress(address)
                .withRequestTime(Grants.duration("--timeout", arguments.matchedOptionValue("--timeout", "30s")))
                .withRequestMemory(Grants.memory(arguments))
                .withConcurrency(Integer.parseInt(concurrency))
                .withAccessLog(arguments.matchedOptionValue("--access-log", false));
    }

    /** What the guests of one request may use. */
    static StoreLimits limits(ServeOptions options) {
        return StoreLimits.DEFAULT.withMemoryBytes(options.requestMemory()).withHandles(REQUEST_HANDLES);
    }

    static MemoryBudget budget(ParseResult arguments) {
        String text = arguments.matchedOptionValue("--max-memory-total", "");
        return text.isEmpty() ? MemoryBudget.ofHeap() : MemoryBudget.of(Grants.size("--max-memory-total", text));
    }

    /** Starts a service; says so if its address is taken. */
    static HttpService start(ServeOptions options, HttpService.HandlerMaker maker) throws IOException {
        try {
            return HttpService.startMaking(options, maker);
        } catch (IOException e) {
            throw bindFailure(e)
                    .map(reason -> new IOException(
                            "address `" + words(options.address()) + "` cannot be listened on: " + reason, e))
                    .orElse(e);
        }
    }

    /** What the system says, which the server's library wraps. */
    private static Optional<String> bindFailure(IOException failure) {
        Optional<String> reason = Optional.empty();
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof BindException || (reason.isPresent() && each instanceof IOException)) {
                reason = Optional.of(String.valueOf(each.getMessage()));
            }
        }
        return reason;
    }

    private static String words(InetSocketAddress address) {
        String host = address.getHostString();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
