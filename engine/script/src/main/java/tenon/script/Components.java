package tenon.script;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tenon.component.Component;
import tenon.component.ComponentFeatures;
import tenon.component.Import;
import tenon.component.read.ComponentDecoder;
import tenon.component.resolve.Arguments;
import tenon.component.resolve.Resolution;
import tenon.core.CoreEngine;
import tenon.runtime.Instance;
import tenon.runtime.LinkedComponent;
import tenon.runtime.Linker;
import tenon.runtime.Provider;
import tenon.runtime.Runtime;
import tenon.runtime.Store;
import tenon.runtime.StoreLimits;
import tenon.runtime.value.Value;
import tenon.text.script.Definition;
import tenon.types.LinkException;
import tenon.wasm.Binary;
import tenon.wasm.Features;
import tenon.wasm.ModuleValidator;

/**
 * What the directives of one script have made of components: definitions, instances, and names for imports. Confined to one thread.
 *
 * <p>An import is met by what the host offers, or by a component that is registered or has this name. Difference from wasmtime: the
 * latter is instantiated anew for each that imports it, and shares no state.
 */
final class Components implements AutoCloseable {
    /** For scripts that need large memories: of what they declare hardly anything is used. */
    private static final StoreLimits LARGE = StoreLimits.DEFAULT.withMemoryBytes(256L << 30);

    private final ComponentFeatures features;
    private final Features coreFeatures;
    private final boolean largeMemories;
    private final Remembered<Component> definitions = new Remembered<>();
    private final Remembered<Running> running = new Remembered<>();
    private final Map<String, Provider> registered = new HashMap<>();
    private final List<AutoCloseable> closing = new ArrayList<>();
    private final List<Store> stores = new CopyOnWriteArrayList<>();
    private @Nullable Runtime runtime;

    /** An instance with what provides others like it. */
    private record Running(Provider provider, Instance instance) {}

    Components(Requirements needs) {
        this.features = needs.components().withCore(needs.features());
        this.coreFeatures = needs.features();
        this.largeMemories = needs.largeMemories();
    }

    /** The valid component of a definition. */
    Component valid(Definition definition) {
        Component component = ComponentDecoder.decode(Binary.of(definition.bytes()), features);
        Resolution.of(component, Arguments.NONE, module -> ModuleValidator.validate(module, coreFeatures));
        return component;
    }

    void define(Optional<String> name, Definition definition) {
        definitions.forget(name);
        definitions.remember(name, valid(definition));
    }

    private Component defined(Optional<String> name) {
        return definitions
                .find(name)
                .orElseThrow(() -> new ScriptException(
                        "no component " + name.map(known -> "`$" + known + "` ").orElse("") + "is defined"));
    }

    /** Makes an instance the current one. */
    void instantiate(Optional<String> name, Definition definition) {
        remember(name, valid(definition));
    }

    void instantiateDefined(Optional<String> name, Optional<String> definition) {
        remember(name, defined(definition));
    }

    /** There is no current instance, until there is another. */
    void forget(Optional<String> name) {
        running.forget(name);
    }

    private void remember(Optional<String> name, Component component) {
        Linker linker = linker(component);
        running.remember(name, new Running(new Provider(component, linker), instantiate(component, linker)));
    }

    /**
     * Links a valid component with what the host and the script offer, and instantiates it.
     *
     * @throws LinkException if imports are missing or of other types
     */
    Instance instantiate(Component component) {
        return instantiate(component, linker(component));
    }

    /** A linker with what the host and the script offer to a component now. */
    private Linker linker(Component component) {
        Linker linker = ScriptHost.linker();
        for (Import each : component.imports()) {
            String name = each.name().text();
            Provider provider = registered.get(name);
            if (provider == null) {
                provider =
                        running.find(Optional.of(name)).map(Running::provider).orElse(null);
            }
            if (provider != null) {
                linker.provideInstance(name, provider);
            }
        }
        return linker;
    }

    private Instance instantiate(Component component, Linker linker) {
        if (runtime == null) {
            runtime = Runtime.on(new CoreEngine(Runtime.OPTIONS.withLargeMemories(largeMemories)));
        }
        LinkedComponent linked = linker.link(runtime, component);
        closing.add(linked);
        var store = Store.open(largeMemories ? LARGE : StoreLimits.DEFAULT);
        closing.add(store);
        stores.add(store);
        return linked.instantiate(store);
    }

    void register(String as, Optional<String> instance) {
        registered.put(as, running(instance).provider());
    }

    /** Whether this means an instance of a component. */
    boolean isHere(Optional<String> name) {
        return running.find(name).isPresent();
    }

    private Running running(Optional<String> name) {
        return running.find(name).orElseThrow(() -> new ScriptException("no instance of a component is there"));
    }

    /** Calls an export. */
    Optional<Value> invoke(Optional<String> instance, String export, List<tenon.text.script.Value> arguments) {
        return running(instance).instance().func(export).call(ComponentResults.arguments(arguments));
    }

    /** The value of an export. */
    Value get(Optional<String> instance, String export) {
        return running(instance).instance().value(export);
    }

    /** Has all instances end soon; from any thread. */
    void stop(String reason) {
        stores.forEach(store -> store.stop(reason));
    }

    /** Ends all instances. */
    @Override
    public void close() {
        for (AutoCloseable each : closing.reversed()) {
            try {
                each.close();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new ScriptException("closing failed: " + e.getMessage());
            }
        }
        closing.clear();
    }
}
