package tenon.core.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class ChangesTest {

    private static FunctionBody body(String instructions) {
        return FunctionBody.decode(WasmBytes.function("60 01 7f 01 7f", "01 02 7f", instructions), 0);
    }

    private static BitSet set(int... locals) {
        var set = new BitSet();
        for (int local : locals) {
            set.set(local);
        }
        return set;
    }

    @Test
    void branchHasChangedWhatIsSetInFrontOfIt() {
        // block; local.get 0; br_if 0; i32.const 5; local.set 1; end; local.get 1
        FunctionBody body = body("02 40 20 00 0d 00 41 05 21 01 0b 20 01 0b");
        Changes changes = Changes.of(body, Region.of(2, 6));
        assertEquals(set(), changes.at(1));
        assertEquals(set(1), changes.falling());
    }

    @Test
    void branchInALoopHasChangedWhatIsSetBehindItToo() {
        // block; loop; local.get 0; br_if 1; i32.const 5; local.set 2; br 0; end; end; local.get 2
        FunctionBody body = body("02 40 03 40 20 00 0d 01 41 05 21 02 0c 00 0b 0b 20 02 0b");
        assertEquals(set(2), Changes.of(body, Region.of(2, 9)).at(1));
    }

    @Test
    void armsOfAnIfMeetBehindIt() {
        // block; local.get 0; if; i32.const 5; local.set 1; else; i32.const 6; local.set 2; br 1; end; end; local.get 1
        FunctionBody body = body("02 40 20 00 04 40 41 05 21 01 05 41 06 21 02 0c 01 0b 0b 20 01 0b");
        Changes changes = Changes.of(body, Region.of(2, 11));
        assertEquals(set(2), changes.at(1));
        assertEquals(set(1), changes.falling());
    }

    @Test
    void exceptionHasChangedWhateverIsSet() {
        // block; try_table (catch_all 0); i32.const 5; local.set 1; unreachable; end; unreachable; end; local.get 1
        FunctionBody body = body("02 40 1f 40 01 02 00 41 05 21 01 00 0b 00 0b 20 01 0b");
        assertEquals(set(1), Changes.of(body, Region.of(3, 6)).at(1));
    }
}
