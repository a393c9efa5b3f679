package tenon.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tenon.types.MalformedException;
import tenon.types.Place;
import tenon.types.UnsupportedException;
import tenon.types.core.ArrayType;
import tenon.types.core.FieldType;
import tenon.types.core.FuncType;
import tenon.types.core.HeapType;
import tenon.types.core.Limits;
import tenon.types.core.NumType;
import tenon.types.core.RefType;
import tenon.types.core.StructType;
import tenon.types.core.SubType;

class ModuleDecoderTest {

    @Test
    void emptyModuleHasNothing() {
        Module module = ModuleDecoder.decode(new ModuleBytes().bytes());
        assertEquals(List.of(), module.code());
        assertEquals(Optional.empty(), module.start());
    }

    @Test
    void functionHasItsTypeAndBody() {
        Module module = ModuleDecoder.decode(ModuleBytes.function("60 02 7f 7f 01 7f", "20 00 20 01 6a 0b"));
        assertEquals(new FuncType(List.of(NumType.I32, NumType.I32), List.of(NumType.I32)), module.functionType(0));
        var body = InstructionReader.of(module, module.code().getFirst());
        assertEquals(Opcode.LOCAL_GET, body.next());
        assertEquals(0, body.index());
        assertEquals(Opcode.LOCAL_GET, body.next());
        assertEquals(1, body.index());
        assertEquals(Opcode.I32_ADD, body.next());
        assertEquals(Opcode.END, body.next());
        assertTrue(!body.hasNext());
    }

    @Test
    void modulesInsideOfAFileKeepTheFilesOffsets() {
        byte[] module = new ModuleBytes().section(3, "01 00").bytes();
        byte[] file = new byte[100 + module.length];
        System.arraycopy(module, 0, file, 100, module.length);
        Module decoded = ModuleDecoder.decode(
                new Binary(append(file, ModuleBytes.hex("0a 04 01 02 00 0b")), 100, file.length + 6));
        assertEquals(file.length + 5, decoded.code().getFirst().start());
    }

    @Test
    void recursiveGroupsAndSubtypesAreRead() {
        Module module = ModuleDecoder.decode(new ModuleBytes()
                .section(1, "02  4e 02  50 00 5f 02 7f 00 64 01 01  4f 01 00 5e 78 01   60 00 00")
                .bytes());
        assertEquals(2, module.typeGroups().size());
        assertEquals(
                new SubType(
                        false,
                        List.of(),
                        new StructType(List.of(
                                new FieldType(false, new FieldType.Storage.Value(NumType.I32)),
                                new FieldType(
                                        true,
                                        new FieldType.Storage.Value(new RefType(false, new HeapType.Defined(1))))))),
                module.spaces().types().get(0));
        assertEquals(
                new SubType(true, List.of(0), new ArrayType(new FieldType(true, FieldType.Storage.Packed.I8))),
                module.spaces().types().get(1));
    }

    @Test
    void limitsCarryTheirAddressType() {
        Module module = ModuleDecoder.decode(
                new ModuleBytes().section(5, "02  01 01 02  04 80 80 80 80 10").bytes());
        assertEquals(Limits.AddressType.I32, module.memories().get(0).limits().address());
        assertEquals(2, module.memories().get(0).limits().max().orElseThrow());
        assertEquals(Limits.AddressType.I64, module.memories().get(1).limits().address());
        assertEquals(1L << 32, module.memories().get(1).limits().min());
    }

    @Test
    void redundantIntegersAreLegalUpToTheirLength() {
        String callIndirect = "00 11 80 80 80 80 00 80 80 80 80 00 0b";
        var body = new InstructionReader(reader(callIndirect.substring(3)));
        assertEquals(Opcode.CALL_INDIRECT, body.next());
        assertEquals(0, body.secondIndex());
        assertEquals(-1, new BinaryReader(ModuleBytes.hex("ff ff ff ff 7f"), 0, 5).s32());
        assertEquals(Long.MIN_VALUE, reader("80 80 80 80 80 80 80 80 80 7f").s64());
        assertEquals(-64, reader("40").s32());
        assertEquals(-1L, reader("ff ff ff ff ff ff ff ff ff 01").u64());
        malformed(
                "integer representation too long",
                () -> reader("80 80 80 80 80 00").u32());
        malformed("integer too large", () -> reader("ff ff ff ff 1f").u32());
        malformed("integer too large", () -> reader("ff ff ff ff 4f").s32());
        malformed(
                "integer too large",
                () -> reader("80 80 80 80 80 80 80 80 80 7e").s64());
    }

    @Test
    void errorsSayWhatAndWhere() {
        malformedAt("magic header not detected", 0, "00 61 73 6e 01 00 00 00");
        malformedAt("unknown binary version 0x1000d", 4, "00 61 73 6d 0d 00 01 00");
        malformedAt("unexpected end", 7, "00 61 73 6d 01 00 00");
        malformedAt("malformed section id 14", 8, "00 61 73 6d 01 00 00 00 0e 00");
        malformedAt("length out of bounds", 9, "00 61 73 6d 01 00 00 00 01 7f");
        malformedAt("section size mismatch", 11, "00 61 73 6d 01 00 00 00 01 02 00 00");
        malformedAt("unexpected content after last section", 11, "00 61 73 6d 01 00 00 00 01 01 00 01 01 00");
        malformedAt(
                "function and code section have inconsistent lengths",
                19,
                hex(new ModuleBytes().section(1, "01 60 00 00").section(3, "00").section(10, "01 02 00 0b")));
        malformedAt("malformed UTF-8 encoding", 11, hex(new ModuleBytes().section(0, "01 ff")));
        malformedAt("malformed limits flags", 11, hex(new ModuleBytes().section(5, "01 10 00")));
    }

    @Test
    void bodiesFollowTheGrammarOfBlocks() {
        body("misplaced ELSE opcode", "05 0b");
        body("misplaced ELSE opcode", "02 40 05 0b 0b");
        body("misplaced ELSE opcode", "41 00 04 40 05 05 0b 0b");
        body("unexpected end", "02 40 0b");
        body("section size mismatch", "0b 0b");
        body("illegal opcode 27", "27 0b");
        body("illegal opcode fc 20", "fc 20 0b");
        body("data count section required", "fc 09 00 0b");
    }

    @Test
    void whatTenonDoesNotHaveIsNoMalformedModule() {
        var error = assertThrows(
                UnsupportedException.class,
                () -> ModuleDecoder.decode(ModuleBytes.function("60 00 00", "fd 0c 00 0b")));
        assertTrue(error.fact().contains("SIMD"), error.fact());
        assertThrows(
                UnsupportedException.class,
                () -> ModuleDecoder.decode(new ModuleBytes()
                        .section(1, "01 60 00 00")
                        .section(3, "01 00")
                        .section(10, "01 06 01 d1 86 03 7f 0b")
                        .bytes()));
    }

    @Test
    void namesAreReadAsFarAsTheyAreRight() {
        Module module = ModuleDecoder.decode(new ModuleBytes()
                .custom("name", "00 02 01 6d  01 04 01 00 01 66  02 ff ff")
                .bytes());
        assertEquals(Optional.of("m"), module.names().module());
        assertEquals(Map.of(0, "f"), module.names().functions());
    }

    private static BinaryReader reader(String hex) {
        byte[] bytes = ModuleBytes.hex(hex);
        return new BinaryReader(bytes, 0, bytes.length);
    }

    private static String hex(ModuleBytes module) {
        return java.util.HexFormat.of().formatHex(module.bytes());
    }

    private static void body(String fact, String body) {
        malformed(fact, () -> ModuleDecoder.decode(ModuleBytes.function("60 00 00", body)));
    }

    private static void malformed(String fact, Runnable work) {
        var error = assertThrows(MalformedException.class, work::run);
        assertTrue(error.fact().startsWith(fact), error.fact());
    }

    private static void malformedAt(String fact, long offset, String hex) {
        var error = assertThrows(MalformedException.class, () -> ModuleDecoder.decode(ModuleBytes.hex(hex)));
        assertTrue(error.fact().startsWith(fact), error.fact());
        assertEquals(new Place.ByteOffset(offset), error.place());
    }

    private static byte[] append(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
