package tenon.conformance.core;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tenon.core.CoreFunction;
import tenon.core.Trap;
import tenon.types.UnsupportedException;

/** Functions of blocks in blocks by the thousand: they are compiled or refused in time that grows with their length alone. */
class DeepNestsTest {
    @ParameterizedTest
    @Timeout(60)
    @CsvSource({
        "30000, (loop, ''",
        "30000, (loop, (br_if 0 (i32.const 0))",
        "30000, (if (i32.const 1) (then, (nop))",
        "3000, (block (try_table (catch $tag 0), (call $empty))",
        "10000, (block (try_table (catch_all 0), (nop))",
    })
    void blocksInBlocksAreCompiledOrRefusedInTime(int depth, String opening, String closing) throws Throwable {
        String body = (opening + " ").repeat(depth) + (closing + ")").repeat(depth);
        var run = (CoreFunction)
                TextGuests.instance("(module (tag $tag) (func $empty) (func (export \"run\") " + body + "))")
                        .export("run");
        try {
            run.handle().invoke();
        } catch (UnsupportedException refused) {
            assertTrue(refused.getMessage().contains("nested too deeply"), refused.getMessage());
        } catch (Trap trap) {
            // the host's stack is a limit, too
            assertTrue(trap.getMessage().contains("stack"), trap.getMessage());
        }
    }
}
