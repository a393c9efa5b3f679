package tenon.script;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tenon.core.CoreEngine;
import tenon.core.CoreExtern;
import tenon.core.CoreInstance;
import tenon.core.EngineOptions;
import tenon.core.ImportValue;
import tenon.core.Imports;
import tenon.text.script.Definition;
import tenon.types.LinkException;
import tenon.types.UnsupportedException;
import tenon.wasm.Features;
import tenon.wasm.Module;
import tenon.wasm.ModuleDecoder;
import tenon.wasm.ModuleValidator;

/** What the directives of one script have made: definitions, instances and names for imports. Confined to one thread. */
final class Instances {
    private final CoreEngine engine;
    private final Features features;
    private final Map<String, Map<String, CoreExtern>> registered = new HashMap<>();
    private final Map<String, Module> definitions = new HashMap<>();
    private final Map<String, CoreInstance> named = new HashMap<>();
    private @Nullable Module lastDefinition;
    private @Nullable CoreInstance current;

    Instances(Features features) {
        this(features, new CoreEngine(EngineOptions.DEFAULT));
    }

    private Instances(Features features, CoreEngine engine) {
        this.features = features;
        this.engine = engine;
        registered.put(SpecTest.NAME, SpecTest.exports());
    }

    /** Those of a thread beside these, which sees the named ones of these. */
    Instances sharing(List<String> names) {
        var others = new Instances(features, engine);
        names.forEach(name -> others.named.put(name, instance(Optional.of(name))));
        return others;
    }

    /** The valid module of a definition. */
    Module valid(Definition definition) {
        if (definition.kind() == Definition.Kind.COMPONENT) {
            throw new UnsupportedException(definition.position(), "components in scripts are not supported yet");
        }
        Module module = ModuleDecoder.decode(definition.bytes());
        ModuleValidator.validate(module, features);
        return module;
    }

    void define(Optional<String> name, Definition definition) {
        lastDefinition = null;
        name.ifPresent(definitions::remove);
        Module module = valid(definition);
        lastDefinition = module;
        name.ifPresent(known -> definitions.put(known, module));
    }

    Module defined(Optional<String> name) {
        Module module = name.isPresent() ? definitions.get(name.get()) : lastDefinition;
        if (module == null) {
            throw new ScriptException(
                    "no module " + name.map(known -> "`$" + known + "` ").orElse("") + "is defined");
        }
        return module;
    }

    /** Makes an instance the current one; if that fails there is none, so that no later directive means an older one. */
    void instantiate(Optional<String> name, Definition definition) {
        forget(name);
        remember(name, instantiate(valid(definition)));
    }

    void instantiateDefined(Optional<String> name, Optional<String> definition) {
        forget(name);
        remember(name, instantiate(defined(definition)));
    }

    private void forget(Optional<String> name) {
        current = null;
        name.ifPresent(named::remove);
    }

    private void remember(Optional<String> name, CoreInstance instance) {
        current = instance;
        name.ifPresent(known -> named.put(known, instance));
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
        return engine.compile(module).link().instantiate(new Imports(values));
    }

    /** What imports from {@code module} are met by: a registered instance, else one that has this name in the script. */
    private Map<String, CoreExtern> offered(String module) {
        Map<String, CoreExtern> exports = registered.get(module);
        if (exports != null) {
            return exports;
        }
        CoreInstance instance = named.get(module);
        return instance == null ? Map.of() : instance.exports();
    }

    void register(String as, Optional<String> instance) {
        registered.put(as, instance(instance).exports());
    }

    /** A named instance, or the current one. */
    CoreInstance instance(Optional<String> name) {
        CoreInstance instance = name.isPresent() ? named.get(name.get()) : current;
        if (instance == null) {
            throw new ScriptException(
                    "no instance " + name.map(known -> "`$" + known + "` ").orElse("") + "is there");
        }
        return instance;
    }

    /** An export of an instance. */
    CoreExtern export(Optional<String> instance, String name) {
        CoreExtern export = instance(instance).export(name);
        if (export == null) {
            throw new ScriptException("export `" + name + "` does not exist");
        }
        return export;
    }
}
