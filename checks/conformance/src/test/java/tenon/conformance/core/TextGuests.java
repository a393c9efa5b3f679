package tenon.conformance.core;

import tenon.core.CoreEngine;
import tenon.core.CoreInstance;
import tenon.core.EngineOptions;
import tenon.core.Imports;
import tenon.text.Wat;
import tenon.wasm.Module;
import tenon.wasm.ModuleDecoder;
import tenon.wasm.ModuleValidator;

/** Guests that a test writes down as text. */
final class TextGuests {
    static final CoreEngine ENGINE = new CoreEngine(EngineOptions.DEFAULT);

    private TextGuests() {}

    /** A valid module. */
    static Module module(String text) {
        Module module = ModuleDecoder.decode(Wat.parse("test", text));
        ModuleValidator.validate(module);
        return module;
    }

    /** An instance of a module that imports nothing. */
    static CoreInstance instance(String text) {
        return ENGINE.compile(module(text)).link().instantiate(Imports.NONE);
    }
}
