package tenon.runtime.abi;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tenon.runtime.value.Result;
import tenon.runtime.value.Unit;

/** What typed Java values are made of and taken apart with. */
public final class JavaForms {
    private JavaForms() {}

    /** A string. */
    public static final Shape.TextForm STRING = new Shape.TextForm() {
        @Override
        public Object make(Strings.Lifted string) {
            return string.value();
        }

        @Override
        public Strings.Lifted take(Object value) {
            return Strings.Lifted.ofHost((String) value);
        }
    };

    /** A list. */
    static final Shape.ElementsForm LIST = new Shape.ElementsForm() {
        @Override
        public Object make(Object[] elements) {
            return Collections.unmodifiableList(Arrays.asList(elements));
        }

        @Override
        public List<?> take(Object value) {
            return (List<?>) value;
        }
    };

    /** A map in the order in which its entries came; of those with equal keys the last one stays. */
    static final Shape.ElementsForm MAP = new Shape.ElementsForm() {
        @Override
        public Object make(Object[] elements) {
            var map = new LinkedHashMap<Object, Object>();
            for (Object each : elements) {
                var entry = (Map.Entry<?, ?>) each;
                map.put(entry.getKey(), entry.getValue());
            }
            return Collections.unmodifiableMap(map);
        }

        @Override
        public List<?> take(Object value) {
            return List.copyOf(((Map<?, ?>) value).entrySet());
        }
    };

    /** An entry of a map. */
    static final Shape.ProductForm ENTRY = new Shape.ProductForm() {
        @Override
        public Object make(Object[] fields) {
            return Map.entry(fields[0], fields[1]);
        }

        @Override
        public Object[] take(Object value) {
            var entry = (Map.Entry<?, ?>) value;
            return new Object[] {entry.getKey(), entry.getValue()};
        }
    };

    /** An option. */
    public static final Shape.SumForm OPTIONAL = new Shape.SumForm() {
        @Override
        public Object make(int index, @Nullable Object payload) {
            return Optional.ofNullable(payload);
        }

        @Override
        public int index(Object value) {
            return ((Optional<?>) value).isPresent() ? 1 : 0;
        }

        @Override
        public @Nullable Object payload(Object value, int index) {
            return ((Optional<?>) value).orElse(null);
        }
    };

    /** A result. */
    public static final Shape.SumForm RESULT = new Shape.SumForm() {
        @Override
        public Object make(int index, @Nullable Object payload) {
            Object side = payload == null ? Unit.UNIT : payload;
            return index == 0 ? Result.ok(side) : Result.err(side);
        }

        @Override
        public int index(Object value) {
            return switch ((Result<?, ?>) value) {
                case Result.Ok<?, ?> _ -> 0;
                case Result.Err<?, ?> _ -> 1;
            };
        }

        @Override
        public @Nullable Object payload(Object value, int index) {
            return switch ((Result<?, ?>) value) {
                case Result.Ok<?, ?> ok -> ok.value();
                case Result.Err<?, ?> err -> err.error();
            };
        }
    };

    /**
     * A record's constructor and accessors.
     *
     * @param constructor of type {@code (components…) → type}
     * @param accessors each of type {@code (type) → component}
     */
    public record Members(Class<?> type, MethodHandle constructor, List<MethodHandle> accessors) {
        public Members {
            accessors = List.copyOf(accessors);
        }
    }

    private static Object invoke(MethodHandle handle, Object argument) {
        try {
            return handle.invokeExact(argument);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a record's own code threw a checked exception", e);
        }
    }

    private static Object construct(MethodHandle spread, Object[] components) {
        try {
            return spread.invokeExact(components);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a record's own code threw a checked exception", e);
        }
    }

    private static MethodHandle spread(MethodHandle constructor) {
        return constructor
                .asSpreader(Object[].class, constructor.type().parameterCount())
                .asType(MethodType.methodType(Object.class, Object[].class));
    }

    private static MethodHandle general(MethodHandle accessor) {
        return accessor.asType(MethodType.methodType(Object.class, Object.class));
    }

    /** A Java record for a record or tuple. */
    public static final class OfRecord implements Shape.ProductForm {
        private final Members members;
        private @Nullable MethodHandle constructor;
        private @Nullable List<MethodHandle> accessors;

        OfRecord(Members members) {
            this.members = members;
        }

        /** What it is made of. */
        public Members members() {
            return members;
        }

        @Override
        public Object make(Object[] fields) {
            MethodHandle known = constructor;
            if (known == null) {
                known = spread(members.constructor());
                constructor = known;
            }
            return construct(known, fields);
        }

        @Override
        public Object[] take(Object value) {
            List<MethodHandle> known = accessors;
            if (known == null) {
                known = members.accessors().stream().map(JavaForms::general).toList();
                accessors = known;
            }
            Object[] fields = new Object[known.size()];
            for (int i = 0; i < fields.length; i++) {
                fields[i] = invoke(known.get(i), value);
            }
            return fields;
        }
    }

    /** A sealed interface for a variant. */
    public static final class OfSealed implements Shape.SumForm {
        private final Class<?> type;
        private final List<Members> cases;
        private final @Nullable MethodHandle[] constructors;
        private final @Nullable MethodHandle[] payloads;
        private final @Nullable Object[] constants;
        private final Map<Class<?>, Integer> indices = new HashMap<>();

        OfSealed(Class<?> type, List<Members> cases) {
            this.type = type;
            this.cases = List.copyOf(cases);
            this.constructors = new @Nullable MethodHandle[cases.size()];
            this.payloads = new @Nullable MethodHandle[cases.size()];
            this.constants = new @Nullable Object[cases.size()];
            for (int i = 0; i < cases.size(); i++) {
                indices.put(cases.get(i).type(), i);
            }
        }

        /** The sealed interface. */
        public Class<?> type() {
            return type;
        }

        /** Its records, case by case. */
        public List<Members> cases() {
            return cases;
        }

        @Override
        public Object make(int index, @Nullable Object payload) {
            Object constant = constants[index];
            if (constant != null) {
                return constant;
            }
            MethodHandle constructor = constructors[index];
            if (constructor == null) {
                constructor = spread(cases.get(index).constructor());
                constructors[index] = constructor;
            }
            if (payload != null) {
                return construct(constructor, new Object[] {payload});
            }
            Object made = construct(constructor, new Object[0]);
            constants[index] = made;
            return made;
        }

        @Override
        public int index(Object value) {
            Integer index = indices.get(value.getClass());
            if (index == null) {
                throw new ClassCastException(value.getClass().getName() + " is no case of " + type.getName());
            }
            return index;
        }

        @Override
        public @Nullable Object payload(Object value, int index) {
            List<MethodHandle> accessors = cases.get(index).accessors();
            if (accessors.isEmpty()) {
                return null;
            }
            MethodHandle accessor = payloads[index];
            if (accessor == null) {
                accessor = general(accessors.getFirst());
                payloads[index] = accessor;
            }
            return invoke(accessor, value);
        }
    }

    /** A Java enum. */
    public static final class OfEnum implements Shape.SumForm {
        private final Class<?> type;
        private final Object[] constants;

        OfEnum(Class<?> type, Object[] constants) {
            this.type = type;
            this.constants = constants;
        }

        /** The enum's class. */
        public Class<?> type() {
            return type;
        }

        /** The constant of an index. */
        public Object constant(int index) {
            return constants[index];
        }

        @Override
        public Object make(int index, @Nullable Object payload) {
            return constants[index];
        }

        @Override
        public int index(Object value) {
            return ((Enum<?>) type.cast(value)).ordinal();
        }

        @Override
        public @Nullable Object payload(Object value, int index) {
            return null;
        }
    }

    /** A record of bits for flags. */
    public static final class OfBits implements Shape.FlagsForm {
        private final Members members;
        private final boolean wide;
        private @Nullable MethodHandle constructor;
        private @Nullable MethodHandle accessor;

        OfBits(Members members, boolean wide) {
            this.members = members;
            this.wide = wide;
        }

        /** What it is made of. */
        public Members members() {
            return members;
        }

        /** Whether the bits are a {@code long}. */
        public boolean wide() {
            return wide;
        }

        @Override
        public Object make(int bits) {
            Object boxed = wide ? (Object) Integer.toUnsignedLong(bits) : (Object) bits;
            MethodHandle known = constructor;
            if (known == null) {
                known = spread(members.constructor());
                constructor = known;
            }
            return construct(known, new Object[] {boxed});
        }

        @Override
        public int bits(Object value) {
            MethodHandle known = accessor;
            if (known == null) {
                known = general(members.accessors().getFirst());
                accessor = known;
            }
            return ((Number) invoke(known, value)).intValue();
        }
    }
}
