package tenon.script;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tenon.core.CoreEngine;
import tenon.core.CoreExtern;
import tenon.core.CoreInstance;
import tenon.core.EngineOptions;
import tenon.core.ImportValue;
import tenon.core.Imports;
import tenon.core.Interrupt;
import tenon.core.ResourceLimits;
import tenon.text.script.Definition;
import tenon.types.LinkException;
import tenon.wasm.Features;
import tenon.wasm.Module;
import tenon.wasm.ModuleDecoder;
import tenon.wasm.ModuleValidator;

/** What the directives of one script have made: definitions, instances and names for imports. Confined to one thread. */
final class Instances implements AutoCloseable {
    private final CoreEngine engine;
    private final Features features;
    private final Components components;
    private final Interrupt interrupt;
    private final Map<String, Map<String, CoreExtern>> registered = new HashMap<>();
    private final Remembered<Module> definitions = new Remembered<>();
    private final Remembered<CoreInstance> running = new Remembered<>();

    Instances(Requirements needs) {
        this(
                needs.features(),
                new Components(needs),
                new CoreEngine(EngineOptions.DEFAULT.withLargeMemories(needs.largeMemories())),
                new Interrupt());
    }

    private Instances(Features features, Components components, CoreEngine engine, Interrupt interrupt) {
        this.features = features;
        this.components = components;
        this.engine = engine;
        this.interrupt = interrupt;
        registered.put(SpecTest.NAME, SpecTest.exports(engine.options().largeMemories()));
        registered.put(WasmtimeTest.NAME, WasmtimeTest.exports());
    }

    /** Those of a thread beside these, which sees the named ones of these. */
    Instances sharing(List<String> names) {
        var others = new Instances(features, components, engine, interrupt);
        for (String each : names) {
            var name = Optional.of(each);
            others.running.remember(name, instance(name));
        }
        // a thread begins without a last one
        others.running.forget(Optional.empty());
        return others;
    }

    /** What there is of components. */
    Components components() {
        return components;
    }

    /** Fails unless a definition is valid. */
    void check(Definition definition) {
        switch (definition.kind()) {
            case MODULE -> valid(definition);
            case COMPONENT -> components.valid(definition);
        }
    }

    /** Checks a definition; what is returned instantiates it. */
    Runnable instantiation(Definition definition) {
        return switch (definition.kind()) {
            case MODULE -> {
                Module module = valid(definition);
                yield () -> instantiate(module);
            }
            case COMPONENT -> {
                var component = components.valid(definition);
                yield () -> components.instantiate(component);
            }
        };
    }

    /** The valid module of a definition. */
    private Module valid(Definition definition) {
        Module module = ModuleDecoder.decode(definition.bytes());
        ModuleValidator.validate(module, features);
        return module;
    }

    void define(Optional<String> name, Definition definition) {
        if (definition.kind() == Definition.Kind.COMPONENT) {
            components.define(name, definition);
            return;
        }
        definitions.forget(name);
        definitions.remember(name, valid(definition));
    }

    private Module defined(Optional<String> name) {
        return definitions
                .find(name)
                .orElseThrow(() -> new ScriptException(
                        "no module " + name.map(known -> "`$" + known + "` ").orElse("") + "is defined"));
    }

    /** Makes an instance the current one; if that fails there is none, so that no later directive means an older one. */
    void instantiate(Optional<String> name, Definition definition) {
        forget(name);
        if (definition.kind() == Definition.Kind.COMPONENT) {
            components.instantiate(name, definition);
        } else {
            running.remember(name, instantiate(valid(definition)));
        }
    }

    void instantiateDefined(Definition.Kind kind, Optional<String> name, Optional<String> definition) {
        forget(name);
        switch (kind) {
            case MODULE -> running.remember(name, instantiate(defined(definition)));
            case COMPONENT -> components.instantiateDefined(name, definition);
        }
    }

    private void forget(Optional<String> name) {
        running.forget(name);
        components.forget(name);
    }

    /**
     * Links a valid module with what is registered, and runs its start.
     *
     * @throws LinkException if imports are missing or of other types
     */
    CoreInstance instantiate(Module module) {
        var values = new ArrayList<ImportValue>();
        var missing = new ArrayList<String>();
        for (Module.Import wanted : module.imports()) {
            CoreExtern found = offered(wanted.module()).get(wanted.name());
            if (found == null) {
                missing.add("`" + wanted.module() + "` `" + wanted.name() + "`");
            } else {
                values.add(found);
            }
        }
        if (!missing.isEmpty()) {
            throw new LinkException("unknown import: " + String.join(", ", missing));
        }
        return engine.compile(module).link().instantiate(new Imports(values), interrupt, ResourceLimits.none());
    }

    /** What imports from {@code module} are met by: a registered instance, else one that has this name in the script. */
    private Map<String, CoreExtern> offered(String module) {
        Map<String, CoreExtern> exports = registered.get(module);
        if (exports != null) {
            return exports;
        }
        return running.find(Optional.of(module)).map(CoreInstance::exports).orElse(Map.of());
    }

    void register(String as, Optional<String> instance) {
        if (components.isHere(instance)) {
            components.register(as, instance);
            return;
        }
        registered.put(as, instance(instance).exports());
    }

    /** A named instance, or the current one. */
    CoreInstance instance(Optional<String> name) {
        return running.find(name)
                .orElseThrow(() -> new ScriptException(
                        "no instance " + name.map(known -> "`$" + known + "` ").orElse("") + "is there"));
    }

    /** An export of an instance. */
    CoreExtern export(Optional<String> instance, String name) {
        CoreExtern export = instance(instance).export(name);
        if (export == null) {
            throw new ScriptException("export `" + name + "` does not exist");
        }
        return export;
    }

    /** Has everything that runs end soon, and all that would run later; from any thread. */
    void stop(String reason) {
        interrupt.stop(reason);
        components.stop(reason);
    }

    /** Ends the instances of components. */
    @Override
    public void close() {
        components.close();
        interrupt.close();
    }
}
