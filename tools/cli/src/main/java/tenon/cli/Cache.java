package tenon.cli;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import tenon.cli.inspect.Size;
import tenon.core.cache.CacheContent;
import tenon.core.cache.CacheContent.Entry;
import tenon.core.cache.CodeCache;

/** {@code tenon cache ACTION}: what is in the cache of compiled code, and cleaning it up. */
record Cache(Console console) implements Command {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    /** What can be asked for, by the words of the command line. */
    @SuppressWarnings("java:S115")
    enum Action {
        list,
        info,
        prune,
        clean,
        path
    }

    @Override
    public String name() {
        return "cache";
    }

    @Override
    public CommandSpec spec() {
        var spec = Command.named(name(), "Show or clean up the compiled code that is kept on disk.");
        spec.usageMessage()
                .footer(
                        "",
                        "list    one line for each core module, the one used last first",
                        "info    the folder, how much is in it, and the limit",
                        "prune   remove what this build of tenon cannot use, and what was not",
                        "        used for longest beyond the limit",
                        "clean   remove everything",
                        "path    the folder alone");
        Command.addJson(spec);
        spec.addOption(OptionSpec.builder("--limit")
                .paramLabel("BYTES")
                .type(String.class)
                .description("What `prune` leaves at most; k, m and g multiply by 1024; 512m if not given.")
                .build());
        CacheChoice.describeFolder(spec);
        return spec.addPositional(PositionalParamSpec.builder()
                .index("0")
                .paramLabel("ACTION")
                .type(Action.class)
                .required(true)
                .description("One of: ${COMPLETION-CANDIDATES}.")
                .build());
    }

    @Override
    public int run(ParseResult arguments) throws IOException {
        Action action = arguments.matchedPositional(0).getValue();
        long limit =
                Grants.size("--limit", arguments.matchedOptionValue("--limit", CodeCache.DEFAULT_LIMIT / 1024 + "k"));
        try (CodeCache cache = CacheChoice.required(arguments, console).withLimit(limit)) {
            boolean json = arguments.hasMatchedOption("--json");
            CacheContent content = cache.content();
            switch (action) {
                case list -> list(content.entries(), json);
                case info -> print(info(cache, content.entries()), json);
                case prune -> print(removed(content.prune()), json);
                case clean -> print(removed(content.clean()), json);
                case path -> print(Map.of("folder", cache.folder().toString()), json);
            }
        }
        return Tenon.DONE;
    }

    private void list(List<Entry> entries, boolean json) {
        if (json) {
            console.out()
                    .println(JsonText.of(entries.stream().map(Cache::describe).toList()));
            return;
        }
        for (Entry entry : entries) {
            console.out()
                    .printf(
                            "%s  %-8s  %6d classes  %12s  %s%n",
                            TIME.format(entry.lastUsed().atZone(ZoneId.systemDefault())),
                            state(entry),
                            entry.classes(),
                            Size.of(entry.bytes()),
                            entry.label().isEmpty()
                                    ? "a module of " + Size.of(entry.moduleBytes())
                                    : entry.label() + " (" + Size.of(entry.moduleBytes()) + ")");
        }
    }

    private static String state(Entry entry) {
        return entry.state().name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> describe(Entry entry) {
        var json = new LinkedHashMap<String, Object>();
        json.put("file", entry.path().toString());
        json.put("module", entry.label());
        json.put("module-bytes", entry.moduleBytes());
        json.put("classes", entry.classes());
        json.put("bytes", entry.bytes());
        json.put("last-used", instant(entry.lastUsed()));
        json.put("state", state(entry));
        return json;
    }

    private static String instant(Instant time) {
        return DateTimeFormatter.ISO_INSTANT.format(time.truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
    }

    private static Map<String, Object> info(CodeCache cache, List<Entry> entries) {
        var json = new LinkedHashMap<String, Object>();
        json.put("folder", cache.folder().toString());
        json.put("modules", entries.size());
        json.put("bytes", entries.stream().mapToLong(Entry::bytes).sum());
        json.put("limit-bytes", cache.limit());
        json.put("outdated", (int) entries.stream()
                .filter(each -> each.state() != CacheContent.State.CURRENT)
                .count());
        return json;
    }

    private static Map<String, Object> removed(long bytes) {
        return Map.of("removed-bytes", bytes);
    }

    /** One line for each value; a single one stands alone. */
    private void print(Map<String, Object> values, boolean json) {
        if (json) {
            console.out().println(JsonText.of(values));
        } else if (values.size() == 1) {
            values.forEach((name, value) -> console.out().println(shown(name, value)));
        } else {
            values.forEach((name, value) -> console.out()
                    .printf(
                            "%-10s%s%n",
                            name.replace("-bytes", ""), value instanceof Long bytes ? Size.of(bytes) : value));
        }
    }

    private static Object shown(String name, Object value) {
        return value instanceof Long bytes ? name.replace("-bytes", "") + " " + Size.of(bytes) : value;
    }
}
