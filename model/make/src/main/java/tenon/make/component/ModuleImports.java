package tenon.make.component;

import java.util.ArrayList;
import java.util.Objects;
import java.util.Optional;
import tenon.component.Canon;
import tenon.component.CanonicalOptions;
import tenon.component.CanonicalOptions.StringEncoding;
import tenon.component.CoreInstance;
import tenon.component.Sort;
import tenon.component.SortIndex;
import tenon.component.TypeExpression.ValueReference;
import tenon.make.MakeException;
import tenon.make.ModuleRef;
import tenon.make.names.ModuleContract;
import tenon.make.names.Payload;
import tenon.make.names.Requirement;
import tenon.types.core.FuncType;
import tenon.types.core.NumType;
import tenon.wit.Function;
import tenon.wit.InterfaceId;
import tenon.wit.TypeId;
import tenon.wit.World;

/** Instantiates core modules, each import met by what it stands for. */
record ModuleImports(Assembly assembly) {

    int instantiate(Part part, int module) {
        var arguments = new ArrayList<CoreInstance.Argument>();
        part.contract().imports().forEach((name, group) -> {
            int instance = switch (group) {
                case ModuleContract.Imports.Whole(ModuleRef from) -> assembly.instance(from);
                case ModuleContract.Imports.Each each -> {
                    var exports = new ArrayList<CoreInstance.InlineExport>();
                    each.names()
                            .forEach((field, requirement) -> exports.add(
                                    new CoreInstance.InlineExport(field, item(part, name, field, requirement))));
                    int made = assembly.out.coreInstance(exports);
                    assembly.out.name(Sort.CORE_INSTANCE, made, name);
                    yield made;
                }
            };
            arguments.add(new CoreInstance.Argument(name, instance));
        });
        int instance = assembly.out.coreInstance(module, arguments);
        assembly.out.name(Sort.CORE_INSTANCE, instance, part.ref().toString());
        return instance;
    }

    private SortIndex item(Part part, String module, String field, Requirement requirement) {
        return MakeException.within("import `" + module + "` `" + field + "`", () -> switch (requirement) {
            case Requirement.Memory _ ->
                new SortIndex(
                        Sort.CORE_MEMORY,
                        assembly.memory.orElseThrow(() -> new MakeException(
                                "no module has a memory to give, expected one that exports `memory`")));
            case Requirement.MainExport(String name, Sort sort) ->
                new SortIndex(sort, assembly.coreExport(assembly.instance(ModuleRef.MAIN), name, sort));
            case Requirement.Item(ModuleRef from, String name, Sort sort) ->
                new SortIndex(sort, assembly.coreExport(assembly.instance(from), name, sort));
            default -> new SortIndex(Sort.CORE_FUNC, function(part, requirement));
        });
    }

    private int function(Part part, Requirement requirement) {
        return switch (requirement) {
            case Requirement.AdapterExport(String adapter, String function, FuncType _) ->
                assembly.shim(new Shim.Kind.Adapter(adapter, function));
            case Requirement.WorldFunction f -> imported(part, f.key(), Optional.empty(), f.function(), f.async());
            case Requirement.InterfaceFunction f -> {
                Optional<String> group = Optional.of(assembly.plan.graph.name(f.key()));
                yield imported(part, f.key(), group, f.function(), f.async());
            }
            case Requirement.ImportedResourceDrop(World.Key _, Optional<InterfaceId> _, TypeId resource) ->
                builtin("resource.drop", new Canon.ResourceDrop(assembly.importedResource(resource), 0));
            case Requirement.ExportedResource(Requirement.ExportedResource.Operation operation, TypeId id) ->
                exportedResource(operation, Objects.requireNonNull(assembly.types.ids.get(id)));
            case Requirement.TaskReturn task -> taskReturn(part, task);
            case Requirement.Builtin(Canon canon) -> assembly.out.add(canon);
            case Requirement.Wait(boolean poll) ->
                assembly.memory.isEmpty() ? assembly.shim(new Shim.Kind.Wait(poll)) : wait(assembly, poll);
            case Requirement.Stream stream -> stream(part, stream);
            case Requirement.ErrorContextNew(StringEncoding encoding) ->
                assembly.memory.isEmpty()
                        ? assembly.shim(new Shim.Kind.ErrorContextNew(encoding))
                        : errorContextNew(assembly, encoding);
            case Requirement.ErrorContextDebugMessage(StringEncoding encoding) ->
                assembly.shim(new Shim.Kind.ErrorContextDebugMessage(part.ref(), encoding));
            case Requirement.ThreadNewIndirect _ -> assembly.shim(new Shim.Kind.ThreadNewIndirect());
            case Requirement.TlsBase(boolean set, NumType type) -> tlsBase(set, type);
            case Requirement.Memory _, Requirement.MainExport _, Requirement.Item _ ->
                throw new AssertionError("not a function of the component: " + requirement);
        };
    }

    private int builtin(String name, Canon canon) {
        int index = assembly.out.add(canon);
        assembly.out.name(Sort.CORE_FUNC, index, name);
        return index;
    }

    private int exportedResource(Requirement.ExportedResource.Operation operation, int resource) {
        return switch (operation) {
            case DROP -> builtin("resource.drop", new Canon.ResourceDrop(resource, 0));
            case NEW -> builtin("resource.new", new Canon.ResourceNew(resource, 0));
            case REP -> builtin("resource.rep", new Canon.ResourceRep(resource, 0));
        };
    }

    private int tlsBase(boolean set, NumType type) {
        if (assembly.plan.usesTaskSlots()) {
            return assembly.out.add(set ? new Canon.ContextSet(type, 1, 0) : new Canon.ContextGet(type, 1, 0));
        }
        String name = set ? ShimModule.SET_TLS_BASE : ShimModule.GET_TLS_BASE;
        return assembly.coreExport(assembly.shimInstance.orElseThrow(), name, Sort.CORE_FUNC);
    }

    static int wait(Assembly assembly, boolean poll) {
        int memory = assembly.memory.orElseThrow();
        return assembly.out.add(poll ? new Canon.WaitableSetPoll(memory, 0) : new Canon.WaitableSetWait(memory, 0));
    }

    static int errorContextNew(Assembly assembly, StringEncoding encoding) {
        var options = new Options(true, false, true, false).toCanonical(encoding, assembly.memory, Optional.empty());
        return assembly.out.canonWithEncoding(new Canon.ErrorContextNew(options, 0));
    }

    private int imported(Part part, World.Key key, Optional<String> group, Function function, boolean async) {
        var use = ImportGroup.Use.of(function.name(), async);
        StringEncoding encoding = Shims.encoding(assembly.plan, part, key, function);
        ImportGroup imports = assembly.plan.group(group);
        return switch (Objects.requireNonNull(imports.lowerings().get(use))) {
            case Lowering.Indirect _ -> assembly.shim(new Shim.Kind.Lowered(group, use, part.ref(), encoding));
            case Lowering.Direct(Options options) -> {
                int index = function(assembly, imports, function.name());
                Optional<Integer> realloc = assembly.realloc(
                        part.ref(),
                        Reallocs.Site.BEFORE_INSTANTIATION,
                        options,
                        new Reallocs(assembly.plan).ofImports(part.ref()));
                CanonicalOptions canonical = options.toCanonical(encoding, assembly.memory, realloc);
                yield lower(assembly, index, options, canonical, function.name());
            }
            case Lowering.ResourceDrop _ -> throw new AssertionError("no function: " + use);
        };
    }

    /** An imported function of the component. */
    static int function(Assembly assembly, ImportGroup group, String name) {
        return group.id()
                .map(id -> assembly.out.instanceExport(
                        Sort.FUNC, Objects.requireNonNull(assembly.interfaces.get(id)), name))
                .orElseGet(() -> Objects.requireNonNull(assembly.importedFunctions.get(name)));
    }

    static int lower(Assembly assembly, int function, Options needed, CanonicalOptions options, String label) {
        var lower = new Canon.Lower(function, options, 0);
        int index = needed.encoding() ? assembly.out.canonWithEncoding(lower) : assembly.out.add(lower);
        assembly.out.name(Sort.CORE_FUNC, index, label);
        return index;
    }

    private int taskReturn(Part part, Requirement.TaskReturn task) {
        Options options = Options.taskReturn(assembly.plan.signatures.exported(task.key(), task.function()));
        if (!options.isNone() && assembly.memory.isEmpty()) {
            return assembly.shim(Shims.taskReturn(assembly.plan, part, task));
        }
        Optional<ValueReference> result = result(assembly, task.id(), task.function());
        StringEncoding encoding = Shims.exportEncoding(assembly.plan, part, task.key(), task.function());
        CanonicalOptions canonical = options.toCanonical(encoding, assembly.memory, Optional.empty());
        return taskReturn(assembly, options, canonical, result);
    }

    static int taskReturn(
            Assembly assembly, Options needed, CanonicalOptions options, Optional<ValueReference> result) {
        var canon = new Canon.TaskReturn(result, options, 0);
        return needed.encoding() ? assembly.out.canonWithEncoding(canon) : assembly.out.add(canon);
    }

    /** The result of an exported function; functions of the world itself have imported types alone. */
    static Optional<ValueReference> result(Assembly assembly, Optional<InterfaceId> id, Function function) {
        return function.result().map(type -> assembly.exportedTypes(id).value(type));
    }

    private int stream(Part part, Requirement.Stream stream) {
        Payload payload = stream.payload();
        if (stream.operation().transfers()) {
            var kind = new Shim.Kind.Transfer(part.ref(), payload, stream.operation(), stream.async());
            return assembly.shims.has(kind)
                    ? assembly.shim(kind)
                    : new Transfers(assembly).define(kind, Reallocs.Site.BEFORE_INSTANTIATION);
        }
        return new Transfers(assembly).define(stream);
    }
}
