package tenon.types.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static tenon.types.component.PointerType.I32;
import static tenon.types.component.PointerType.I64;
import static tenon.types.component.PrimitiveType.BOOL;
import static tenon.types.component.PrimitiveType.CHAR;
import static tenon.types.component.PrimitiveType.F32;
import static tenon.types.component.PrimitiveType.F64;
import static tenon.types.component.PrimitiveType.STRING;
import static tenon.types.component.PrimitiveType.U16;
import static tenon.types.component.PrimitiveType.U32;
import static tenon.types.component.PrimitiveType.U64;
import static tenon.types.component.PrimitiveType.U8;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tenon.types.core.FuncType;
import tenon.types.core.NumType;

class LayoutTest {
    private static final ResourceType RESOURCE = new ResourceType("r");

    @Test
    void fieldsAreAlignedAndTheWholeIsPadded() {
        Layout.Fields fields = Layout.ofFields(List.of(U8, U32, U16, U64, STRING), I32);
        assertEquals(List.of(0, 4, 8, 16, 24), fields.offsets());
        assertEquals(new Layout(32, 8), fields.whole());
        assertEquals(new Layout(40, 8), Layout.of(new TupleType(List.of(U8, U32, U16, U64, STRING)), I64));
        assertEquals(new Layout(2, 1), Layout.of(new TupleType(List.of(BOOL, U8)), I32));
    }

    @Test
    void payloadsStandBehindTheSmallestDiscriminant() {
        assertEquals(
                new Layout.Cases(new Layout(16, 8), 1, 8),
                Layout.ofCases(List.of(Optional.empty(), Optional.of(F64)), I32));
        assertEquals(new Layout(2, 1), Layout.of(new OptionType(U8), I32));
        assertEquals(new Layout(1, 1), Layout.of(new ResultType(Optional.empty(), Optional.empty()), I32));
        assertEquals(new Layout(1, 1), Layout.of(labels(256), I32));
        assertEquals(new Layout(2, 2), Layout.of(labels(257), I32));
        assertEquals(new Layout(2, 2), Layout.of(labels(65536), I32));
        assertEquals(new Layout(4, 4), Layout.of(labels(65537), I32));
    }

    @Test
    void flagsTakeTheSmallestInteger() {
        assertEquals(new Layout(1, 1), Layout.of(new FlagsType(labels(8).labels()), I32));
        assertEquals(new Layout(2, 2), Layout.of(new FlagsType(labels(9).labels()), I32));
        assertEquals(new Layout(4, 4), Layout.of(new FlagsType(labels(32).labels()), I32));
    }

    @Test
    void fixedLengthListsLieInPlaceAndMapsAreLists() {
        assertEquals(new Layout(12, 4), Layout.of(new FixedLengthListType(F32, 3), I32));
        assertEquals(new Layout(8, 4), Layout.of(new MapType(U8, STRING), I32));
        var big = new FixedLengthListType(new FixedLengthListType(U64, 0xffff_ffffL), 0xffff_ffffL);
        assertEquals(Layout.TOO_BIG, Layout.of(big, I32).size());
    }

    @Test
    void variantsJoinTheirCases() {
        var variant = new VariantType(List.of(
                new VariantType.Case("a", Optional.of(F32)),
                new VariantType.Case("b", Optional.of(new TupleType(List.of(U32, F64)))),
                new VariantType.Case("c", Optional.empty())));
        assertEquals(
                Optional.of(List.of(NumType.I32, NumType.I32, NumType.F64)),
                Flattening.flatten(List.of(variant), 16, I32));
        var mixed = new ResultType(Optional.of(F64), Optional.of(CHAR));
        assertEquals(Optional.of(List.of(NumType.I32, NumType.I64)), Flattening.flatten(List.of(mixed), 16, I32));
    }

    @Test
    void tooManyFlatValuesGoThroughMemory() {
        FunctionType sixteen = function(16, Optional.of(STRING));
        assertEquals(new FuncType(flat(16), List.of(NumType.I32)), Flattening.lift(sixteen, false, false, I32));
        assertEquals(new FuncType(flat(17), List.of()), Flattening.lower(sixteen, false, I32));
        FunctionType seventeen = function(17, Optional.of(U8));
        assertEquals(new FuncType(flat(1), List.of(NumType.I32)), Flattening.lower(seventeen, false, I32));
        assertEquals(new FuncType(flat(1), List.of(NumType.I32)), Flattening.lift(seventeen, false, false, I32));
        FunctionType four = function(4, Optional.of(U8));
        assertEquals(new FuncType(flat(5), List.of(NumType.I32)), Flattening.lower(four, true, I32));
        assertEquals(
                new FuncType(flat(2), List.of(NumType.I32)), Flattening.lower(function(5, Optional.of(U8)), true, I32));
        assertEquals(
                new FuncType(flat(5), List.of(NumType.I32)),
                Flattening.lift(function(5, Optional.of(U8)), true, true, I32));
        assertEquals(new FuncType(flat(5), List.of()), Flattening.lift(function(5, Optional.of(U8)), true, false, I32));
    }

    @Test
    void flatteningStopsAtTheLimit() {
        var huge = new FixedLengthListType(new FixedLengthListType(U64, 0xffff_ffffL), 0xffff_ffffL);
        assertEquals(Optional.empty(), Flattening.flatten(List.of(huge), 16, I32));
    }

    @Test
    void substitutionReplacesHandlesEverywhere() {
        var other = new ResourceType("s");
        var type =
                new ListType(new ResultType(Optional.of(new OwnType(RESOURCE)), Optional.of(new BorrowType(RESOURCE))));
        var replaced =
                new ListType(new ResultType(Optional.of(new OwnType(other)), Optional.of(new BorrowType(other))));
        assertEquals(replaced, new Substitution(java.util.Map.of(RESOURCE, other)).value(type));
        assertEquals("list<result<own<r>, borrow<r>>>", type.toString());
    }

    private static EnumType labels(int count) {
        return new EnumType(IntStream.range(0, count).mapToObj(i -> "l" + i).toList());
    }

    private static FunctionType function(int params, Optional<ValueType> result) {
        return new FunctionType(
                IntStream.range(0, params)
                        .mapToObj(i -> new FunctionType.Parameter("p" + i, U32))
                        .toList(),
                result,
                false);
    }

    private static List<tenon.types.core.ValType> flat(int count) {
        return Collections.nCopies(count, NumType.I32);
    }
}
