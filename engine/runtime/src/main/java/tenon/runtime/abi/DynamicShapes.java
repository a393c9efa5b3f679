package tenon.runtime.abi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tenon.runtime.value.Value;
import tenon.types.component.EnumType;
import tenon.types.component.FixedLengthListType;
import tenon.types.component.FlagsType;
import tenon.types.component.MapType;
import tenon.types.component.OptionType;
import tenon.types.component.PrimitiveType;
import tenon.types.component.RecordType;
import tenon.types.component.ResourceType;
import tenon.types.component.ResultType;
import tenon.types.component.TupleType;
import tenon.types.component.ValueType;
import tenon.types.component.VariantType;

/**
 * Shapes of {@link Value}s. A value of another kind than its type asks for, a missing field, a label that the type does not
 * have: an {@link IllegalArgumentException} with what was expected.
 */
public final class DynamicShapes implements Forms {
    private static final DynamicShapes FORMS = new DynamicShapes();

    private DynamicShapes() {}

    /** The dynamic shape of a type. */
    public static Shape of(ValueType type, Function<ResourceType, Shape.ResourceKind> resources) {
        return FORMS.shape(type, resources);
    }

    private static <T> T expect(Class<T> kind, Object value, Object type) {
        if (!kind.isInstance(value)) {
            throw new IllegalArgumentException("expected a value of type `" + type + "`, found `" + value + "`");
        }
        return kind.cast(value);
    }

    private static Value value(@Nullable Object payload) {
        return (Value) Forms.present(payload);
    }

    @Override
    public Shape.Wrapper scalar(PrimitiveType type) {
        return new Shape.Wrapper() {
            @Override
            public Object wrap(Object boxed) {
                return switch (type) {
                    case BOOL -> new Value.Bool((Boolean) boxed);
                    case S8 -> new Value.S8((Byte) boxed);
                    case U8 -> new Value.U8((Byte) boxed);
                    case S16 -> new Value.S16((Short) boxed);
                    case U16 -> new Value.U16((Short) boxed);
                    case S32 -> new Value.S32((Integer) boxed);
                    case U32 -> new Value.U32((Integer) boxed);
                    case S64 -> new Value.S64((Long) boxed);
                    case U64 -> new Value.U64((Long) boxed);
                    case F32 -> new Value.F32((Float) boxed);
                    case F64 -> new Value.F64((Double) boxed);
                    case CHAR -> new Value.Char((Integer) boxed);
                    case STRING, ERROR_CONTEXT -> throw new AssertionError(type);
                };
            }

            @Override
            public Object unwrap(Object value) {
                return switch (type) {
                    case BOOL -> expect(Value.Bool.class, value, type).value();
                    case S8 -> expect(Value.S8.class, value, type).value();
                    case U8 -> expect(Value.U8.class, value, type).value();
                    case S16 -> expect(Value.S16.class, value, type).value();
                    case U16 -> expect(Value.U16.class, value, type).value();
                    case S32 -> expect(Value.S32.class, value, type).value();
                    case U32 -> expect(Value.U32.class, value, type).value();
                    case S64 -> expect(Value.S64.class, value, type).value();
                    case U64 -> expect(Value.U64.class, value, type).value();
                    case F32 -> expect(Value.F32.class, value, type).value();
                    case F64 -> expect(Value.F64.class, value, type).value();
                    case CHAR -> expect(Value.Char.class, value, type).codePoint();
                    case STRING, ERROR_CONTEXT -> throw new AssertionError(type);
                };
            }
        };
    }

    @Override
    public Shape.TextForm text() {
        return new Shape.TextForm() {
            @Override
            public Object make(Strings.Lifted string) {
                return new Value.Text(string.value());
            }

            @Override
            public Strings.Lifted take(Object value) {
                return Strings.Lifted.ofHost(
                        expect(Value.Text.class, value, "string").value());
            }
        };
    }

    @Override
    public Shape.ElementsForm elements() {
        return new Shape.ElementsForm() {
            @Override
            public Object make(Object[] elements) {
                var values = new ArrayList<Value>(elements.length);
                for (Object each : elements) {
                    values.add((Value) each);
                }
                return new Value.Sequence(values);
            }

            @Override
            public List<?> take(Object value) {
                return expect(Value.Sequence.class, value, "list").elements();
            }
        };
    }

    @Override
    public Shape.ProductForm elements(FixedLengthListType type) {
        Shape.ElementsForm list = elements();
        return new Shape.ProductForm() {
            @Override
            public Object make(Object[] fields) {
                return list.make(fields);
            }

            @Override
            public Object[] take(Object value) {
                List<?> elements = list.take(value);
                if (elements.size() != type.length()) {
                    throw new IllegalArgumentException(
                            "expected a value of type `" + type + "`, found `" + value + "`");
                }
                return elements.toArray();
            }
        };
    }

    @Override
    public Shape.ElementsForm entries() {
        return elements();
    }

    @Override
    public Shape.ProductForm entry(MapType type) {
        return tuple(new TupleType(type.parts()));
    }

    @Override
    public Shape.ProductForm record(RecordType type) {
        return new Shape.ProductForm() {
            @Override
            public Object make(Object[] values) {
                var fields = new ArrayList<Value.Field>(values.length);
                for (int i = 0; i < values.length; i++) {
                    fields.add(new Value.Field(type.fields().get(i).label(), (Value) values[i]));
                }
                return new Value.Fields(fields);
            }

            @Override
            public Object[] take(Object value) {
                List<Value.Field> given =
                        expect(Value.Fields.class, value, type).fields();
                Object[] values = new Object[type.fields().size()];
                for (int i = 0; i < values.length; i++) {
                    String label = type.fields().get(i).label();
                    values[i] = given.stream()
                            .filter(field -> field.label().equals(label))
                            .findFirst()
                            .orElseThrow(() -> new IllegalArgumentException(
                                    "the value of type `" + type + "` has no field `" + label + "`"))
                            .value();
                }
                if (given.size() != values.length) {
                    throw new IllegalArgumentException(
                            "expected a value of type `" + type + "`, found `" + value + "`");
                }
                return values;
            }
        };
    }

    @Override
    public Shape.ProductForm tuple(TupleType type) {
        return new Shape.ProductForm() {
            @Override
            public Object make(Object[] values) {
                var elements = new ArrayList<Value>(values.length);
                for (Object each : values) {
                    elements.add((Value) each);
                }
                return new Value.Tuple(elements);
            }

            @Override
            public Object[] take(Object value) {
                List<Value> elements = expect(Value.Tuple.class, value, type).elements();
                if (elements.size() != type.types().size()) {
                    throw new IllegalArgumentException(
                            "expected a value of type `" + type + "`, found `" + value + "`");
                }
                return elements.toArray();
            }
        };
    }

    @Override
    public Shape.SumForm sum(ValueType type) {
        return switch (type) {
            case OptionType option -> option(option);
            case ResultType result -> result(result);
            case EnumType labels -> enumeration(labels);
            default -> variant((VariantType) type.despecialize());
        };
    }

    private static Shape.SumForm option(OptionType type) {
        return new Shape.SumForm() {
            @Override
            public Object make(int index, @Nullable Object payload) {
                return new Value.Option(Optional.ofNullable((Value) payload));
            }

            @Override
            public int index(Object value) {
                return expect(Value.Option.class, value, type).value().isPresent() ? 1 : 0;
            }

            @Override
            public @Nullable Object payload(Object value, int index) {
                return expect(Value.Option.class, value, type).value().orElse(null);
            }
        };
    }

    private static Shape.SumForm result(ResultType type) {
        return new Shape.SumForm() {
            @Override
            public Object make(int index, @Nullable Object payload) {
                Optional<Value> side = Optional.ofNullable((Value) payload);
                return index == 0 ? new Value.Ok(side) : new Value.Err(side);
            }

            @Override
            public int index(Object value) {
                int index = value instanceof Value.Ok ? 0 : value instanceof Value.Err ? 1 : -1;
                boolean has = index < 0 || payload(value, index) != null;
                boolean wants =
                        index == 0 ? type.ok().isPresent() : type.error().isPresent();
                if (index < 0 || has != wants) {
                    throw new IllegalArgumentException(
                            "expected a value of type `" + type + "`, found `" + value + "`");
                }
                return index;
            }

            @Override
            public @Nullable Object payload(Object value, int index) {
                return index == 0
                        ? ((Value.Ok) value).value().orElse(null)
                        : ((Value.Err) value).error().orElse(null);
            }
        };
    }

    private static Shape.SumForm enumeration(EnumType type) {
        return new Shape.SumForm() {
            @Override
            public Object make(int index, @Nullable Object payload) {
                return new Value.Enumeration(type.labels().get(index));
            }

            @Override
            public int index(Object value) {
                int index = type.labels()
                        .indexOf(expect(Value.Enumeration.class, value, type).label());
                if (index < 0) {
                    throw new IllegalArgumentException(
                            "expected a value of type `" + type + "`, found `" + value + "`");
                }
                return index;
            }

            @Override
            public @Nullable Object payload(Object value, int index) {
                return null;
            }
        };
    }

    private static Shape.SumForm variant(VariantType type) {
        return new Shape.SumForm() {
            @Override
            public Object make(int index, @Nullable Object payload) {
                return new Value.Variant(type.cases().get(index).label(), Optional.ofNullable((Value) payload));
            }

            @Override
            public int index(Object value) {
                Value.Variant variant = expect(Value.Variant.class, value, type);
                for (int i = 0; i < type.cases().size(); i++) {
                    VariantType.Case each = type.cases().get(i);
                    if (each.label().equals(variant.label())
                            && each.type().isPresent() == variant.payload().isPresent()) {
                        return i;
                    }
                }
                throw new IllegalArgumentException("expected a value of type `" + type + "`, found `" + value + "`");
            }

            @Override
            public @Nullable Object payload(Object value, int index) {
                return ((Value.Variant) value).payload().orElse(null);
            }
        };
    }

    @Override
    public Shape.FlagsForm flags(FlagsType type) {
        return new Shape.FlagsForm() {
            @Override
            public Object make(int bits) {
                var labels = new ArrayList<String>();
                for (int i = 0; i < type.labels().size(); i++) {
                    if ((bits >>> i & 1) != 0) {
                        labels.add(type.labels().get(i));
                    }
                }
                return new Value.Flags(labels);
            }

            @Override
            public int bits(Object value) {
                int bits = 0;
                for (String label : expect(Value.Flags.class, value, type).labels()) {
                    int index = type.labels().indexOf(label);
                    if (index < 0) {
                        throw new IllegalArgumentException("`" + type + "` has no `" + label + "`");
                    }
                    bits |= 1 << index;
                }
                return bits;
            }
        };
    }

    @Override
    public Shape.AsyncForm async(ValueType type) {
        return HostEnds.dynamic(type);
    }

    @Override
    public Shape.HandleForm handle() {
        Shape.HandleForm typed = GuestResource.form();
        return new Shape.HandleForm() {
            @Override
            public Object makeHost(Object object) {
                return new Value.Handle(object);
            }

            @Override
            public Object takeHost(Object value) {
                return expect(Value.Handle.class, value, "handle").resource();
            }

            @Override
            public Object make(LiftLowerContext cx, Shape.ResourceKind.Guest resource, int rep, boolean own) {
                return new Value.Handle(typed.make(cx, resource, rep, own));
            }

            @Override
            public int take(LiftLowerContext cx, Shape.ResourceKind.Guest resource, Object value, boolean own) {
                return typed.take(cx, resource, takeHost(value), own);
            }
        };
    }
}
