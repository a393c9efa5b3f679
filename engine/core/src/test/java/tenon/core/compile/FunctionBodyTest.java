package tenon.core.compile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import tenon.wasm.Opcode;

class FunctionBodyTest {

    private static FunctionBody body(String type, String locals, String instructions) {
        return FunctionBody.decode(WasmBytes.function(type, locals, instructions), 0);
    }

    @Test
    void bodyIsABlockAndReturnIsABranchToIt() {
        // local.get 0; return
        FunctionBody body = body("60 01 7f 01 7f", "00", "20 00 0f 0b");
        assertEquals(4, body.size());
        assertEquals(Opcode.BLOCK, body.opcode(0));
        assertEquals(Opcode.BR, body.opcode(2));
        assertEquals(0, body.index(2));
        assertEquals(Opcode.END, body.opcode(3));
        assertEquals(3, body.block(0).end());
        assertEquals(1, body.block(0).branches());
        assertFalse(body.falls(3));
    }

    @Test
    void unreachableCodeIsLeftOut() {
        // block br 0; i32.const 1; drop; block end end; i32.const 7
        FunctionBody body = body("60 00 01 7f", "00", "02 40 0c 00 41 01 1a 02 40 0b 0b 41 07 0b");
        assertEquals(6, body.size());
        assertEquals(Opcode.BR, body.opcode(2));
        assertEquals(Opcode.END, body.opcode(3));
        assertEquals(Opcode.I32_CONST, body.opcode(4));
        assertEquals(7, body.bits(4));
    }

    @Test
    void codeBehindABlockThatNothingLeavesIsLeftOut() {
        // block unreachable end; i32.const 7
        FunctionBody body = body("60 00 01 7f", "00", "02 40 00 0b 41 07 0b");
        assertEquals(5, body.size());
        assertEquals(Opcode.END, body.opcode(3));
        assertEquals(Opcode.END, body.opcode(4));
        assertFalse(body.falls(4));
    }

    @Test
    void stackIsKnownBeforeEveryInstruction() {
        // i64.const 1; local.get 0; i64.extend_i32_u; i64.add
        FunctionBody body = body("60 01 7f 01 7e", "00", "42 01 20 00 ad 7c 0b");
        assertArrayEquals(new Kind[] {Kind.I64, Kind.I32}, body.before(3).topmost(2));
        assertArrayEquals(new Kind[] {Kind.I64}, body.before(5).topmost(1));
    }

    @Test
    void bothArmsOfAnIfJoin() {
        // local.get 0; if (result i32) i32.const 1; return; else i32.const 2; end
        FunctionBody body = body("60 01 7f 01 7f", "00", "20 00 04 7f 41 01 0f 05 41 02 0b 0b");
        Block arm = body.block(2);
        assertEquals(5, arm.otherwise());
        assertEquals(7, arm.end());
        assertFalse(arm.thenFalls());
        assertTrue(body.falls(7));
    }

    @Test
    void localIsLiveFromItsWriteToItsLastRead() {
        // local.get 0; local.set 1; local.get 1; drop
        FunctionBody body = body("60 01 7f 00", "01 01 7f", "20 00 21 01 20 01 1a 0b");
        Liveness liveness = Liveness.of(body);
        assertEquals(BitSet.valueOf(new long[] {1}), liveness.before(1));
        assertEquals(BitSet.valueOf(new long[] {2}), liveness.before(3));
        assertEquals(new BitSet(), liveness.before(4));
        assertEquals(1, liveness.count(1));
    }

    @Test
    void localReadInTheNextRoundIsLiveAtTheEndOfTheLoop() {
        // loop; local.get 1; drop; i32.const 5; local.set 1; local.get 0; br_if 0; end
        FunctionBody body = body("60 01 7f 00", "01 01 7f", "03 40 20 01 1a 41 05 21 01 20 00 0d 00 0b 0b");
        Liveness liveness = Liveness.of(body);
        assertEquals(BitSet.valueOf(new long[] {3}), liveness.atLabel(1));
        assertEquals(BitSet.valueOf(new long[] {3}), liveness.before(6));
        assertEquals(BitSet.valueOf(new long[] {1}), liveness.before(4));
    }

    @Test
    void borderOfARegionNamesWhatCrossesIt() {
        // block: i32.const 9; local.get 0; i32.add; local.tee 1; br_if 0; end; local.get 1; local.get 0; i32.add
        FunctionBody body = body("60 01 7f 01 7f", "01 01 7f", "02 40 41 09 20 00 6a 22 01 0d 00 0b 20 01 20 00 6a 0b");
        Liveness liveness = Liveness.of(body);
        // from local.get 0 to the end of the block: takes the constant, may branch to the block
        RegionBorder border = RegionBorder.of(body, liveness, Region.of(3, 7));
        assertArrayEquals(new Kind[] {Kind.I32}, border.consumed());
        assertArrayEquals(new Kind[0], border.produced());
        assertArrayEquals(new int[] {0}, border.inputs());
        assertArrayEquals(new int[] {1}, border.outputs());
        assertArrayEquals(new int[] {1}, border.exits());
        assertTrue(border.falls());
    }
}
