package tenon.make.names;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tenon.component.Canon;
import tenon.component.CanonicalOptions.StringEncoding;
import tenon.make.world.JoinedWorld;
import tenon.make.world.Lifting;
import tenon.make.world.Signatures;
import tenon.types.Place;
import tenon.types.TenonException;
import tenon.types.component.ExternName;
import tenon.types.component.InterfaceName;
import tenon.types.component.InterfaceVersion;
import tenon.types.component.SemanticVersion;
import tenon.types.component.VersionTrack;
import tenon.types.core.FuncType;
import tenon.types.core.NumType;
import tenon.wit.Function;
import tenon.wit.InterfaceId;
import tenon.wit.PackageGraph;
import tenon.wit.TypeId;
import tenon.wit.World;

/** The names that tools have used from the start: {@code $root}, {@code cabi_realloc}, {@code [async-lift]run}. */
final class LegacyNames implements NameScheme {
    private static final String ASYNC_LOWER = "[async-lower]";

    private static final Map<String, Builtin> BUILTINS = builtins();

    private static Map<String, Builtin> builtins() {
        var table = new HashMap<String, Builtin>();
        put(table, "error-context-drop", new Canon.ErrorContextDrop(0), 1, 0);
        put(table, "backpressure-inc", new Canon.BackpressureInc(0), 0, 0);
        put(table, "backpressure-dec", new Canon.BackpressureDec(0), 0, 0);
        put(table, "waitable-set-new", new Canon.WaitableSetNew(0), 0, 1);
        put(table, "waitable-set-drop", new Canon.WaitableSetDrop(0), 1, 0);
        put(table, "waitable-join", new Canon.WaitableJoin(0), 2, 0);
        put(table, "subtask-drop", new Canon.SubtaskDrop(0), 1, 0);
        put(table, "subtask-cancel", new Canon.SubtaskCancel(false, 0), 1, 1);
        put(table, "thread-index", new Canon.ThreadIndex(0), 0, 1);
        put(table, "thread-resume-later", new Canon.ThreadResumeLater(0), 1, 0);
        put(table, "thread-suspend", new Canon.ThreadSuspend(0), 0, 1);
        put(table, "thread-yield", new Canon.ThreadYield(0), 0, 1);
        put(table, "thread-suspend-then-resume", new Canon.ThreadSuspendThenResume(0), 1, 1);
        put(table, "thread-yield-then-resume", new Canon.ThreadYieldThenResume(0), 1, 1);
        put(table, "thread-suspend-then-promote", new Canon.ThreadSuspendThenPromote(0), 1, 1);
        put(table, "thread-yield-then-promote", new Canon.ThreadYieldThenPromote(0), 1, 1);
        for (boolean poll : new boolean[] {false, true}) {
            String name = poll ? "[waitable-set-poll" : "[waitable-set-wait";
            var wait = new Requirement.Wait(poll);
            table.put(name + "]", new Builtin(wait, Signatures::waitableSetWait));
            table.put(name + "-i32]", new Builtin(wait, Signatures.i32s(2, 1)));
            var wide = new FuncType(List.of(NumType.I32, NumType.I64), List.of(NumType.I32));
            table.put(name + "-i64]", new Builtin(wait, wide));
        }
        var cancel = new Requirement.Builtin(new Canon.SubtaskCancel(true, 0));
        table.put(ASYNC_LOWER + "[subtask-cancel]", new Builtin(cancel, Signatures.i32s(1, 1)));
        table.put("[thread-new-indirect-v0]", new Builtin(new Requirement.ThreadNewIndirect(), Signatures.i32s(2, 1)));
        putErrorContexts(table);
        return Map.copyOf(table);
    }

    private static void putErrorContexts(Map<String, Builtin> table) {
        Map.of("utf8", StringEncoding.UTF8, "utf16", StringEncoding.UTF16, "latin1+utf16", StringEncoding.LATIN1_UTF16)
                .forEach((name, encoding) -> {
                    table.put(
                            "[error-context-new-" + name + "]",
                            new Builtin(new Requirement.ErrorContextNew(encoding), Signatures::errorContextNew));
                    table.put(
                            "[error-context-debug-message-" + name + "]",
                            new Builtin(
                                    new Requirement.ErrorContextDebugMessage(encoding),
                                    Signatures::errorContextDebugMessage));
                });
    }

    private static void put(Map<String, Builtin> table, String name, Canon canon, int params, int results) {
        table.put("[" + name + "]", new Builtin(new Requirement.Builtin(canon), Signatures.i32s(params, results)));
    }

    static Optional<String> withoutStart(String text, String start) {
        return text.startsWith(start) ? Optional.of(text.substring(start.length())) : Optional.empty();
    }

    static Optional<String> withoutEnd(String text, String end) {
        return text.endsWith(end) ? Optional.of(text.substring(0, text.length() - end.length())) : Optional.empty();
    }

    @Override
    public String root() {
        return "$root";
    }

    @Override
    public String interfacePrefix() {
        return "";
    }

    @Override
    public String exportedPrefix() {
        return "[export]";
    }

    @Override
    public Optional<Offer.Service> service(String name) {
        return switch (name) {
            case "memory" -> Optional.of(Offer.Service.MEMORY);
            case "cabi_realloc" -> Optional.of(Offer.Service.REALLOC);
            case "_initialize" -> Optional.of(Offer.Service.INITIALIZE);
            case "__indirect_function_table" -> Optional.of(Offer.Service.FUNCTION_TABLE);
            case "__wasm_task_hook" -> Optional.of(Offer.Service.TASK_HOOK);
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<Builtin> builtin(String name) {
        Builtin found = BUILTINS.get(name);
        return found != null ? Optional.of(found) : context(name);
    }

    /** {@code [context-get-1]}, {@code [context-set-i64-0]}. */
    private static Optional<Builtin> context(String name) {
        boolean get = name.startsWith("[context-get-");
        if ((!get && !name.startsWith("[context-set-")) || !name.endsWith("]")) {
            return Optional.empty();
        }
        String rest = name.substring("[context-get-".length(), name.length() - 1);
        NumType type = rest.startsWith("i64-") ? NumType.I64 : NumType.I32;
        String slot = rest.startsWith("i64-") || rest.startsWith("i32-") ? rest.substring(4) : rest;
        if (!slot.matches("[0-9]{1,9}")) {
            return Optional.empty();
        }
        int index = Integer.parseInt(slot);
        return Optional.of(
                get
                        ? new Builtin(
                                new Requirement.Builtin(new Canon.ContextGet(type, index, 0)),
                                new FuncType(List.of(), List.of(type)))
                        : new Builtin(
                                new Requirement.Builtin(new Canon.ContextSet(type, index, 0)),
                                new FuncType(List.of(type), List.of())));
    }

    @Override
    public Optional<String> resource(Requirement.ExportedResource.Operation operation, String name) {
        String prefix = switch (operation) {
            case DROP -> "[resource-drop]";
            case NEW -> "[resource-new]";
            case REP -> "[resource-rep]";
        };
        return withoutStart(name, prefix);
    }

    @Override
    public Optional<String> taskReturn(String name) {
        return withoutStart(name, "[task-return]");
    }

    @Override
    public boolean isTaskCancel(String name) {
        return name.equals("[task-cancel]");
    }

    @Override
    public Optional<PayloadName> payload(String name) {
        Lowered lowered = lowered(name);
        int close = lowered.name().indexOf(']');
        if (close < 0) {
            return Optional.empty();
        }
        String function = lowered.name().substring(close + 1);
        for (Payload.Kind kind : Payload.Kind.values()) {
            for (Payload.Operation operation : Payload.Operation.values()) {
                String prefix = (kind == Payload.Kind.STREAM ? "[stream-" : "[future-") + operation.text() + "-";
                String index =
                        withoutStart(lowered.name().substring(0, close), prefix).orElse("");
                if (index.equals("unit") || index.matches("[0-9]{1,9}")) {
                    boolean asyncForm = operation.transfers()
                            || operation == Payload.Operation.CANCEL_READ
                            || operation == Payload.Operation.CANCEL_WRITE;
                    return asyncForm || !lowered.async()
                            ? Optional.of(new PayloadName(kind, operation, lowered.async(), index, function))
                            : Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public Lowered lowered(String name) {
        return withoutStart(name, ASYNC_LOWER)
                .map(rest -> new Lowered(rest, true))
                .orElse(new Lowered(name, false));
    }

    @Override
    public Lifted lifted(String name) {
        return withoutStart(name, "[async-lift]")
                .map(rest -> new Lifted(rest, Lifting.ASYNC))
                .or(() -> withoutStart(name, "[async-lift-stackful]")
                        .map(rest -> new Lifted(rest, Lifting.ASYNC_STACKFUL)))
                .orElse(new Lifted(name, Lifting.SYNC));
    }

    @Override
    public Optional<String> callback(String name) {
        return withoutStart(name, "[callback][async-lift]");
    }

    @Override
    public Optional<String> postReturn(String name) {
        return withoutStart(name, "cabi_post_");
    }

    @Override
    public Optional<Requirement> environment(String name, FuncType type) {
        NumType given = type.results().isEmpty() ? first(type.params()) : first(type.results());
        return switch (name) {
            case "__wasm_get_stack_pointer" -> Optional.of(new Requirement.Builtin(new Canon.ContextGet(given, 0, 0)));
            case "__wasm_set_stack_pointer" -> Optional.of(new Requirement.Builtin(new Canon.ContextSet(given, 0, 0)));
            case "__wasm_get_tls_base" -> Optional.of(new Requirement.TlsBase(false, given));
            case "__wasm_set_tls_base" -> Optional.of(new Requirement.TlsBase(true, given));
            default -> Optional.empty();
        };
    }

    private static NumType first(List<?> types) {
        return !types.isEmpty() && types.getFirst() == NumType.I64 ? NumType.I64 : NumType.I32;
    }

    @Override
    public Optional<Named> interfaceNamed(PackageGraph graph, Map<World.Key, World.Item> items, String name) {
        if (items.get(new World.Key.Plain(name)) instanceof World.Item.OfInterface named) {
            return Optional.of(new Named(new World.Key.Plain(name), named.id()));
        }
        for (World.Key key : items.keySet()) {
            if (key instanceof World.Key.OfInterface(InterfaceId id)
                    && graph.name(key).equals(name)) {
                return Optional.of(new Named(key, id));
            }
        }
        return compatible(graph, items, name);
    }

    /** A module that was made for one version may find a compatible one, be it later or earlier. */
    private static Optional<Named> compatible(PackageGraph graph, Map<World.Key, World.Item> items, String name) {
        Optional<InterfaceName> wanted = interfaceName(name);
        Optional<VersionTrack> track = wanted.flatMap(InterfaceName::version).flatMap(LegacyNames::track);
        if (track.isEmpty()) {
            return Optional.empty();
        }
        for (World.Key key : items.keySet()) {
            if (key instanceof World.Key.OfInterface(InterfaceId id)) {
                InterfaceName found = graph.name(id).orElseThrow();
                if (found.unversioned().equals(wanted.get().unversioned())
                        && found.version().flatMap(LegacyNames::track).equals(track)) {
                    return Optional.of(new Named(key, id));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<VersionTrack> track(InterfaceVersion version) {
        return version instanceof SemanticVersion semantic ? semantic.track() : Optional.empty();
    }

    private static Optional<InterfaceName> interfaceName(String text) {
        try {
            return ExternName.parse(text, Place.NOWHERE) instanceof InterfaceName name
                    ? Optional.of(name)
                    : Optional.empty();
        } catch (TenonException _) {
            // whatever it is, it names no interface, which is said where it is missed
            return Optional.empty();
        }
    }

    @Override
    public Optional<Target> exported(PackageGraph graph, Collection<World.Key> exports, String name) {
        Map<World.Key, World.Item> items = graph.get(JoinedWorld.ID).exports();
        for (World.Key key : exports) {
            World.Item item = Objects.requireNonNull(items.get(key));
            if (item instanceof World.Item.OfFunction(Function function)
                    && function.name().equals(name)) {
                return Optional.of(new Target(key, Optional.empty(), function));
            }
            if (item instanceof World.Item.OfInterface named) {
                Optional<Function> function = withoutStart(name, graph.name(key) + "#")
                        .map(rest -> graph.get(named.id()).functions().get(rest));
                if (function.isPresent()) {
                    return Optional.of(new Target(key, Optional.of(named.id()), function.get()));
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<TypeId> destructor(PackageGraph graph, Collection<World.Key> exports, String name) {
        Map<World.Key, World.Item> items = graph.get(JoinedWorld.ID).exports();
        for (World.Key key : exports) {
            if (items.get(key) instanceof World.Item.OfInterface named) {
                Optional<TypeId> found = withoutStart(name, graph.name(key) + "#[dtor]")
                        .flatMap(rest -> StandardNames.resource(graph, graph.get(named.id()), rest));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }
}
