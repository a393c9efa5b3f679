package tenon.types.core;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a defined type is, whatever module or component defines it: two are equal if and only if their recursive groups are equivalent
 * and they have the same place in them (WebAssembly 3.0, "Defined Types"). Immutable.
 *
 * <p>A group is known by a digest of what it says, where types of the group stand as their place in it, and others as their identity: so
 * comparing takes the same time for all types.
 */
public final class TypeIdentity {
    private final String group;
    private final int position;
    private final HeapType.Abstract top;
    private final Optional<TypeIdentity> parent;

    private TypeIdentity(String group, int position, HeapType.Abstract top, Optional<TypeIdentity> parent) {
        this.group = group;
        this.position = position;
        this.top = top;
        this.parent = parent;
    }

    /** The identity of a function type of its own that refers to no other. */
    public static TypeIdentity of(FuncType type) {
        return of(new RecGroup(List.of(SubType.of(type))), 0, _ -> null).getFirst();
    }

    /**
     * The identities of a group's types.
     *
     * @param first the index of the group's first type
     * @param known the types in front of it by their indices; null where there is none
     */
    public static List<TypeIdentity> of(RecGroup group, int first, IntFunction<@Nullable TypeIdentity> known) {
        String digest = digest(new Text(first, known).of(group));
        var found = new ArrayList<TypeIdentity>();
        for (SubType type : group.types()) {
            Optional<TypeIdentity> parent = type.supers().stream()
                    .findFirst()
                    .flatMap(index -> Optional.ofNullable(
                            index >= first && index - first < found.size()
                                    ? found.get(index - first)
                                    : index >= 0 && index < first ? known.apply(index) : null));
            found.add(new TypeIdentity(digest, found.size(), top(type.composite()), parent));
        }
        return found;
    }

    /** The identities of all types of an index space that is made of these groups. */
    public static List<TypeIdentity> of(List<RecGroup> groups) {
        var all = new ArrayList<TypeIdentity>();
        groups.forEach(group -> all.addAll(of(group, all.size(), all::get)));
        return List.copyOf(all);
    }

    private static HeapType.Abstract top(CompositeType type) {
        return switch (type) {
            case FuncType _ -> HeapType.Abstract.FUNC;
            case StructType _ -> HeapType.Abstract.STRUCT;
            case ArrayType _ -> HeapType.Abstract.ARRAY;
        };
    }

    private static String digest(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /** The abstract heap type right above all types of its kind: {@code func}, {@code struct} or {@code array}. */
    public HeapType.Abstract top() {
        return top;
    }

    /** Whether it is another type or a subtype of it, by declaration: WebAssembly 3.0, "Matching / Defined Types". */
    public boolean matches(TypeIdentity other) {
        for (Optional<TypeIdentity> each = Optional.of(this); each.isPresent(); each = each.get().parent) {
            if (each.get().equals(other)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TypeIdentity identity && identity.position == position && identity.group.equals(group);
    }

    @Override
    public int hashCode() {
        return Objects.hash(group, position);
    }

    @Override
    public String toString() {
        return group.substring(0, 8) + "." + position;
    }

    /** A group written down. */
    private record Text(int first, IntFunction<@Nullable TypeIdentity> known) {

        String of(RecGroup group) {
            var out = new StringBuilder();
            for (SubType type : group.types()) {
                out.append(type.isFinal() ? "final" : "sub");
                type.supers().forEach(each -> out.append(' ').append(reference(each)));
                out.append(composite(type.composite())).append(';');
            }
            return out.toString();
        }

        private String composite(CompositeType type) {
            return switch (type) {
                case FuncType(var params, var results) -> " func" + values(params) + "->" + values(results);
                case StructType(var fields) -> fields.stream().map(this::field).reduce(" struct", String::concat);
                case ArrayType(var element) -> " array" + field(element);
            };
        }

        private String values(List<ValType> types) {
            return types.stream().map(this::value).toList().toString();
        }

        private String field(FieldType field) {
            String mutability = field.mutable() ? " mut " : " ";
            return switch (field.storage()) {
                case FieldType.Storage.Packed packed -> mutability + packed;
                case FieldType.Storage.Value(var type) -> mutability + value(type);
            };
        }

        private String value(ValType type) {
            return type instanceof RefType(boolean nullable, HeapType.Defined(int index))
                    ? (nullable ? "(ref null " : "(ref ") + reference(index) + ")"
                    : type.text();
        }

        private String reference(int index) {
            if (index >= first) {
                return "rec." + (index - first);
            }
            TypeIdentity other = index < 0 ? null : known.apply(index);
            return other == null ? "unknown." + index : other.group + "." + other.position;
        }
    }
}
