package tenon.wasm;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import tenon.types.InvalidException;
import tenon.types.Place;

class ModuleValidatorTest {
    private static final String NOTHING = "60 00 00";
    private static final String GIVES_I32 = "60 00 01 7f";

    @Test
    void wellTypedBodiesAreValid() {
        valid(ModuleBytes.function("60 02 7f 7f 01 7f", "20 00 20 01 6a 0b"));
        valid(ModuleBytes.function(GIVES_I32, "02 7f 41 01 41 00 0d 00 0b 0b"));
        valid(ModuleBytes.function(GIVES_I32, "41 00 04 7f 41 01 05 41 02 0b 0b"));
        valid(ModuleBytes.function(NOTHING, "03 40 0c 00 0b 0b"));
    }

    @Test
    void messagesSayWhatWasFoundAndExpected() {
        invalid("type mismatch: expected i32, found i64", ModuleBytes.function(GIVES_I32, "42 00 0b"));
        invalid("type mismatch: expected i32, found an empty stack", ModuleBytes.function(GIVES_I32, "0b"));
        invalid(
                "type mismatch: expected [] at the end of the block, found 1 values more",
                ModuleBytes.function(NOTHING, "41 00 0b"));
        invalid("unknown local 0", ModuleBytes.function(NOTHING, "20 00 1a 0b"));
        invalid("unknown function 4294967295", ModuleBytes.function(NOTHING, "10 ff ff ff ff 0f 0b"));
        invalid("unknown label 1", ModuleBytes.function(NOTHING, "0c 01 0b"));
        invalid("unknown memory 0", ModuleBytes.function(NOTHING, "3f 00 1a 0b"));
        invalid("undeclared function reference 0", ModuleBytes.function(NOTHING, "d2 00 1a 0b"));
        invalid("uninitialized local 0", withLocal("01 01 64 70", "20 00 1a 0b"));
    }

    @Test
    void errorsPointAtTheInstruction() {
        byte[] bytes = ModuleBytes.function(GIVES_I32, "01 01 42 00 a7 a7 0b");
        var error = assertThrows(InvalidException.class, () -> validate(bytes, Features.STANDARD));
        assertEquals(new Place.ByteOffset(bytes.length - 2), error.place());
    }

    @Test
    void unreachableCodeHasAnyType() {
        valid(ModuleBytes.function(GIVES_I32, "00 6a 0b"));
        valid(ModuleBytes.function(GIVES_I32, "00 1b 0b"));
        invalid("type mismatch: expected i32, found f32", ModuleBytes.function(GIVES_I32, "00 43 00 00 00 00 6a 0b"));
    }

    @Test
    void localsAreInitialisedUntilTheirBlockEnds() {
        valid(withLocal("01 01 64 70", "00 21 00 20 00 1a 0b"));
        invalid("uninitialized local 0", withLocal("01 01 64 70", "02 40 00 21 00 0b 20 00 1a 0b"));
    }

    @Test
    void localsInRunsKeepTheirTypes() {
        // 100 of i32, 1 of i64, 100 of f32: the last i32 is 99, the i64 is 100, the last f32 is 200
        String runs = "03 64 7f 01 7e 64 7d";
        valid(withLocal(runs, "20 63 45 1a 20 64 50 1a 20 c8 01 8b 1a 0b"));
        invalid("type mismatch: expected i32, found i64", withLocal(runs, "20 64 45 1a 0b"));
        invalid("type mismatch: expected i64, found f32", withLocal(runs, "20 65 50 1a 0b"));
        invalid("unknown local 201", withLocal(runs, "20 c9 01 1a 0b"));
    }

    @Test
    void alignmentAndOffsetHaveLimits() {
        invalid(
                "alignment must not be larger than natural: 2^3, expected at most 2^2",
                withMemory("41 00 28 03 00 1a 0b"));
        invalid("offset out of range: 4294967296", withMemory("41 00 28 02 80 80 80 80 10 1a 0b"));
        valid(withMemory("41 00 28 02 ff ff ff ff 0f 1a 0b"));
    }

    @Test
    void equivalentGroupsAreOneType() {
        String groups = "04  4e 01 50 00 60 00 00   4e 01 50 00 60 00 00   60 01 64 00 00   60 00 00";
        valid(callWithReference(groups, "64 01"));
        invalid("type mismatch: expected (ref 0), found (ref 3)", callWithReference(groups, "64 03"));
    }

    @Test
    void featuresCanBeSwitchedOff() {
        byte[] tailCall = ModuleBytes.function(NOTHING, "12 00 0b");
        valid(tailCall);
        var off = Features.STANDARD.without(Feature.TAIL_CALL);
        assertEquals(
                "`return_call` needs the feature TAIL_CALL, which is not enabled",
                assertThrows(InvalidException.class, () -> validate(tailCall, off))
                        .fact());
        byte[] memories = new ModuleBytes().section(5, "02 00 01 00 01").bytes();
        valid(memories);
        assertEquals(
                "multiple memories need the feature MULTI_MEMORY",
                assertThrows(InvalidException.class, () -> validate(memories, Features.NONE))
                        .fact());
        byte[] wide = new ModuleBytes().section(5, "01 04 01").bytes();
        assertDoesNotThrow(() -> validate(wide, Features.ALL));
        invalid("64-bit addresses need the feature MEMORY64", wide);
    }

    @Test
    void modulesHoldTogether() {
        invalid(
                "unknown type 1",
                new ModuleBytes().section(3, "01 01").section(10, "01 02 00 0b").bytes());
        invalid(
                "duplicate export name `m`",
                new ModuleBytes()
                        .section(5, "01 00 01")
                        .section(7, "02 01 6d 02 00 01 6d 02 00")
                        .bytes());
        invalid(
                "constant expression required, found `nop`",
                new ModuleBytes().section(6, "01 7f 00 01 41 00 0b").bytes());
        invalid(
                "unknown global 0",
                new ModuleBytes().section(6, "01 7f 00 23 00 0b").bytes());
        invalid(
                "memory size must be at most 65536 pages (4GiB)",
                new ModuleBytes().section(5, "01 00 81 80 04").bytes());
        invalid(
                "size minimum must not be greater than maximum: 2 and 1",
                new ModuleBytes().section(5, "01 01 02 01").bytes());
    }

    /** A function that gets a reference of type {@code argument} and hands it to one that takes {@code (ref 0)}. */
    private static byte[] callWithReference(String types, String argument) {
        String code = "20 00 10 00 0b";
        return new ModuleBytes()
                .section(1, "05" + types.substring(2) + "60 01" + argument + "00")
                .section(3, "02 02 04")
                .section(10, "02  02 00 0b  06 00" + code)
                .bytes();
    }

    private static byte[] withLocal(String locals, String body) {
        int size = ModuleBytes.hex(locals + body).length;
        return new ModuleBytes()
                .section(1, "01 60 00 00")
                .section(3, "01 00")
                .section(10, "01 %02x".formatted(size) + locals + body)
                .bytes();
    }

    private static byte[] withMemory(String body) {
        int size = ModuleBytes.hex(body).length + 1;
        return new ModuleBytes()
                .section(1, "01 60 00 00")
                .section(3, "01 00")
                .section(5, "01 00 01")
                .section(10, "01 %02x 00".formatted(size) + body)
                .bytes();
    }

    private static void valid(byte[] bytes) {
        assertDoesNotThrow(() -> validate(bytes, Features.ALL));
    }

    private static void invalid(String fact, byte[] bytes) {
        var features = Features.ALL.without(Feature.MEMORY64);
        var error = assertThrows(InvalidException.class, () -> validate(bytes, features));
        assertEquals(fact, error.fact());
    }

    private static void validate(byte[] bytes, Features features) {
        ModuleValidator.validate(ModuleDecoder.decode(bytes), features);
    }
}
