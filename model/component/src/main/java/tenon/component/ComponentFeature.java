package tenon.component;

import java.util.Locale;
import java.util.Optional;

/** A gated feature of the Component Model: Explainer.md, "Gated Features". */
public enum ComponentFeature {
    /** Async functions, streams, futures, waitables and the options that go with them. */
    ASYNC("cm-async"),
    /** {@code async} lifts without {@code callback}. */
    ASYNC_STACKFUL("cm-async-stackful"),
    /** Copies of streams and futures that block, and cancellations that do not. */
    MORE_ASYNC_BUILTINS("cm-more-async-builtins"),
    /** {@code stream.forward} and {@code future.forward}. */
    FORWARD("cm-forward"),
    /** The type {@code error-context} and its built-ins. */
    ERROR_CONTEXT("cm-error-context"),
    /** {@code list<T, N>}. */
    FIXED_LENGTH_LISTS("cm-fixed-length-lists"),
    /** {@code map<K, V>}. */
    MAP("cm-map"),
    /** The built-ins {@code thread.*}, and the second context slot. */
    THREADING("cm-threading"),
    /** Built-ins that make shared threads. */
    SHARED_EVERYTHING_THREADS("shared-everything-threads"),
    /** Namespaces, packages and projections in several parts. */
    NESTED_NAMES("cm-nested-names"),
    /** Functions that are getters and setters, by their names. */
    ACCESSORS("cm-accessors"),
    /** Interface names with canonical versions, and the attribute {@code version-suffix}. */
    CANONICAL_NAMES("cm-canon-names"),
    /** The attributes {@code implements} and {@code external-id}. */
    IMPLEMENTS("cm-implements"),
    /** Imports, exports and definitions of values, and start functions. */
    VALUES("cm-values"),
    /** Memories, tables, context slots and representations of 64 bits at the border of a component. */
    MEMORY64("cm64"),
    /** The options {@code gc} and {@code core-type}. */
    GC("cm-gc");

    private final String word;

    ComponentFeature(String word) {
        this.word = word;
    }

    /** Its name in options: wasm-tools has the same words. */
    public String word() {
        return word;
    }

    /** The feature of this name, as wasm-tools ({@code cm-map}) or wasmtime ({@code component-model-map}) write it. */
    public static Optional<ComponentFeature> named(String text) {
        String name = text.toLowerCase(Locale.ROOT).replace('_', '-').replaceFirst("^component-model-", "cm-");
        for (ComponentFeature feature : values()) {
            if (feature.word.equals(name)) {
                return Optional.of(feature);
            }
        }
        return name.equals("cm-memory64") ? Optional.of(MEMORY64) : Optional.empty();
    }
}
