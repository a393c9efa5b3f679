package tenon.runtime.wave;

import java.util.Optional;
import tenon.types.component.BorrowType;
import tenon.types.component.EnumType;
import tenon.types.component.FixedLengthListType;
import tenon.types.component.FlagsType;
import tenon.types.component.FutureType;
import tenon.types.component.ListType;
import tenon.types.component.MapType;
import tenon.types.component.OptionType;
import tenon.types.component.OwnType;
import tenon.types.component.PrimitiveType;
import tenon.types.component.RecordType;
import tenon.types.component.ResultType;
import tenon.types.component.StreamType;
import tenon.types.component.TupleType;
import tenon.types.component.ValueType;
import tenon.types.component.VariantType;

/** How values of a type look, for people who wrote them in another way. */
final class WaveForms {
    private WaveForms() {}

    /** An example; empty where the type's name says it all. */
    static Optional<String> of(ValueType type) {
        return switch (type) {
            case PrimitiveType primitive ->
                switch (primitive) {
                    case BOOL -> Optional.of("`true`");
                    case F32, F64 -> Optional.of("`1.5`, `inf` or `nan`");
                    case CHAR -> Optional.of("`'a'`");
                    case STRING -> Optional.of("`\"text\"`");
                    case S8, U8, S16, U16, S32, U32, S64, U64 -> Optional.of("`1`");
                    case ERROR_CONTEXT -> Optional.empty();
                };
            case ListType _, FixedLengthListType _ -> Optional.of("`[…, …]`");
            case MapType _ -> Optional.of("`[(…, …), (…, …)]`");
            case RecordType(var fields) -> Optional.of("`{" + fields.getFirst().label() + ": …}`");
            case TupleType _ -> Optional.of("`(…, …)`");
            case FlagsType(var labels) -> Optional.of("`{" + labels.getFirst() + "}`");
            case EnumType(var labels) -> Optional.of("`" + labels.getFirst() + "`");
            case VariantType(var cases) ->
                Optional.of("`" + cases.getFirst().label()
                        + (cases.getFirst().type().isPresent() ? "(…)`" : "`"));
            case OptionType _ -> Optional.of("`some(…)` or `none`");
            case ResultType(var ok, var error) ->
                Optional.of(
                        "`ok" + (ok.isPresent() ? "(…)" : "") + "` or `err" + (error.isPresent() ? "(…)" : "") + "`");
            case OwnType _, BorrowType _, StreamType _, FutureType _ -> Optional.empty();
        };
    }
}
