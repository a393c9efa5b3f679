package tenon.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ScriptHeaderTest {

    @Test
    void settingsAreFeatures() {
        Manifest.Entry entry = ScriptHeader.of("""
                ;;! gc = true
                ;;! simd = false
                ;; a comment

                (module)
                ;;! threads = true
                """);
        assertEquals(Set.of("gc"), entry.on());
        assertEquals(Set.of("simd"), entry.off());
        assertFalse(entry.onlyValidates());
    }

    @Test
    void commandsMayGoOverSeveralLines() {
        Manifest.Entry entry = ScriptHeader.of("""
                ;; RUN: wast % --assert default \\
                ;;      -f=cm-async,-cm-threading
                ;; -f cm-map is no part of it
                """);
        assertEquals(Set.of("cm-async"), entry.on());
        assertEquals(Set.of("cm-threading"), entry.off());
        assertTrue(entry.onlyValidates());
    }

    @Test
    void scriptsWithoutHeaderAskForNothing() {
        Manifest.Entry entry = ScriptHeader.of("(module) ;; RUN: wast -f gc");
        assertEquals(Set.of(), entry.on());
        assertFalse(entry.onlyValidates());
    }
}
