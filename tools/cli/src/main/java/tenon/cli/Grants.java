package tenon.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import tenon.component.Component;
import tenon.component.read.ComponentDecoder;
import tenon.host.Outside;
import tenon.wasi.WasiConfig;
import tenon.wasi.filesystem.Preopens;
import tenon.wasi.sockets.NetworkGrants;
import tenon.wasi.sockets.NetworkPolicy;

/** The options by which commands that run guests are told what the guests get, and how their values are read. */
final class Grants {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(|k|m|g)");

    private Grants() {}

    /** Adds the options. */
    static void describe(CommandSpec spec) {
        spec.addOption(list("--env", "NAME=VALUE", "Give the guest an environment variable; may be repeated."));
        spec.addOption(
                list(
                        "--dir",
                        "HOST::GUEST",
                        "Give the guest a directory of the host under a name of its own; `HOST::GUEST::ro` to be read only; may be repeated."));
        spec.addOption(list(
                "--allow-host",
                "HOST[:PORT]",
                "Let the guest send HTTP requests to a host, to `*.DOMAIN`, or to `*`; may be repeated."));
        spec.addOption(list(
                "--allow-net",
                "ADDRESS",
                "Let the guest's sockets reach `HOST[:PORT]`, `NETWORK/BITS[:PORT]`, or, outside of private networks, `*[:PORT]`; may be"
                        + " repeated."));
        spec.addOption(
                list(
                        "--allow-listen",
                        "ADDRESS[:PORT]",
                        "Let the guest's sockets listen at an address of the host, or at `*`; port 0 is any free one; may be repeated."));
        spec.addOption(OptionSpec.builder("--inherit-network")
                .type(boolean.class)
                .description("Let the guest's sockets do all that the host itself may do, name lookups too.")
                .build());
        describeMemory(spec);
    }

    /** Adds the option that limits memory. */
    static void describeMemory(CommandSpec spec) {
        spec.addOption(OptionSpec.builder("--max-memory")
                .paramLabel("BYTES")
                .type(String.class)
                .description(
                        "What a guest's linear memories may grow to; k, m and g multiply by 1024; 512m if not given.")
                .build());
    }

    static OptionSpec list(String name, String label, String description) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .arity("1")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(description)
                .build();
    }

    /** What the guest gets, but for its arguments and streams; {@code outside} is where its requests go. */
    static WasiConfig of(ParseResult arguments, Outside outside) throws IOException {
        WasiConfig config = WasiConfig.NOTHING.withHttp(outside).withNetwork(network(arguments));
        for (String variable : values(arguments, "--env")) {
            int equals = variable.indexOf('=');
            if (equals < 1) {
                throw new UsageException("`--env " + variable + "` sets nothing, expected `NAME=VALUE`");
            }
            config = config.withEnv(variable.substring(0, equals), variable.substring(equals + 1));
        }
        for (String directory : values(arguments, "--dir")) {
            Preopens.Grant grant = directory(directory);
            grant.check();
            config = grant.readOnly()
                    ? config.withReadOnlyDir(grant.host(), grant.guest())
                    : config.withDir(grant.host(), grant.guest());
        }
        return config;
    }

    /** The way out to the hosts that are allowed; to be closed. */
    static Outside outside(ParseResult arguments) {
        try {
            return Outside.to(values(arguments, "--allow-host"));
        } catch (IllegalArgumentException e) {
            throw new UsageException("`--allow-host`: " + e.getMessage());
        }
    }

    private static NetworkPolicy network(ParseResult arguments) throws IOException {
        if (arguments.matchedOptionValue("--inherit-network", false)) {
            return NetworkPolicy.EVERYTHING;
        }
        try {
            return NetworkGrants.of(values(arguments, "--allow-net"), values(arguments, "--allow-listen"));
        } catch (IllegalArgumentException e) {
            throw new UsageException("`--allow-net` or `--allow-listen`: " + e.getMessage());
        } catch (UnknownHostException e) {
            throw new UsageException("`--allow-net` or `--allow-listen`: host `" + e.getMessage() + "` has no address");
        }
    }

    private static Preopens.Grant directory(String text) {
        String[] parts = text.split("::", -1);
        boolean readOnly = parts.length == 3 && parts[2].equals("ro");
        if (parts.length < 2
                || (parts.length == 3 && !readOnly)
                || parts.length > 3
                || parts[0].isEmpty()
                || parts[1].isEmpty()) {
            throw new UsageException(
                    "`--dir " + text + "` grants nothing, expected `HOST::GUEST` or `HOST::GUEST::ro`");
        }
        Path host = Path.of(parts[0]);
        if (!Files.isDirectory(host)) {
            throw new UsageException("`--dir " + text + "`: there is no directory `" + host + "`");
        }
        return new Preopens.Grant(host, parts[1], readOnly);
    }

    static List<String> values(ParseResult arguments, String option) {
        return arguments.matchedOptionValue(option, new ArrayList<String>());
    }

    /** The limit of linear memory in bytes. */
    static long memory(ParseResult arguments) {
        return size("--max-memory", arguments.matchedOptionValue("--max-memory", "512m"));
    }

    /** Bytes, like {@code 64m}. */
    static long size(String option, String text) {
        Matcher size = SIZE.matcher(text.toLowerCase(Locale.ROOT));
        if (!size.matches()) {
            throw new UsageException("`" + option + " " + text + "` is no size, expected one like `64m`");
        }
        long number = Long.parseLong(size.group(1));
        return switch (size.group(2)) {
            case "k" -> number << 10;
            case "m" -> number << 20;
            case "g" -> number << 30;
            default -> number;
        };
    }

    /** A time like {@code 30s}. */
    static Duration duration(String option, String text) {
        Matcher duration = DURATION.matcher(text);
        if (!duration.matches() || Long.parseLong(duration.group(1)) == 0) {
            throw new UsageException(
                    "`" + option + " " + text + "` is no time, expected one like `500ms`, `30s`, `5m`");
        }
        long number = Long.parseLong(duration.group(1));
        return switch (duration.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    /** {@code HOST:PORT}; brackets around an IPv6 address. */
    static InetSocketAddress address(String option, String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        String port = text.substring(colon + 1);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (host.isEmpty()
                || (host.contains(":") && !bracketed)
                || !port.matches("[0-9]{1,5}")
                || Integer.parseInt(port) > 65_535) {
            throw new UsageException("`" + option + " " + text + "` is no address, expected `HOST:PORT`");
        }
        return new InetSocketAddress(bracketed ? host.substring(1, host.length() - 1) : host, Integer.parseInt(port));
    }

    /** The component in a file, with the features that it may use. */
    static Component component(Path file, FeatureChoice features) throws IOException {
        byte[] bytes = binary(file, "a component");
        if (ComponentDecoder.isComponent(bytes)) {
            return BrokenFile.reading(file, () -> features.decode(bytes));
        }
        throw new UsageException("file `" + file
                + "` is a core module, expected a component; `tenon component new` makes one of it, with `--adapt` if it was"
                + " built for wasip1");
    }

    /** The binary in a file, which begins as components and core modules do. */
    static byte[] webAssembly(Path file) throws IOException {
        return binary(file, "a component or core module");
    }

    private static byte[] binary(Path file, String expected) throws IOException {
        if (Files.isDirectory(file)) {
            throw new UsageException("`" + file + "` is a folder, expected " + expected);
        }
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length < 8 || bytes[0] != 0 || bytes[1] != 'a' || bytes[2] != 's' || bytes[3] != 'm') {
            throw new UsageException(
                    WebAssemblyInput.isText(bytes)
                            ? "file `" + file + "` is text, expected " + expected
                                    + " as a binary; `tenon parse` makes one of it"
                            : "file `" + file + "` is no WebAssembly, expected " + expected);
        }
        return bytes;
    }
}
