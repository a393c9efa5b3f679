package tenon.wasi.http;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import tenon.core.Trap;
import tenon.core.TrapKind;
import tenon.runtime.HostMemory;
import tenon.runtime.value.Result;
import tenon.runtime.value.Unit;
import tenon.wasi.io.Children;

/** {@code wasi:http/types.fields}: headers or trailers. Confined to the Store. */
public final class Fields implements AutoCloseable {
    private static final String CONTENT_LENGTH = "content-length";

    private final List<Field> entries;
    private final boolean mutable;
    private final Children parent;
    private final HostMemory memory;
    private final int mostBytes;
    private int bytes;

    private Fields(List<Field> entries, boolean mutable, Children parent, HostMemory memory, int mostBytes) {
        this.entries = entries;
        this.mutable = mutable;
        this.parent = parent;
        this.memory = memory;
        this.mostBytes = mostBytes;
        parent.born();
    }

    /** {@code [constructor]fields}: empty, can be changed. */
    public static Fields empty() {
        return empty(HostMemory.endless(), HttpLimits.DEFAULT.sectionBytes());
    }

    /** The same, with what is put in counted in {@code memory}, and at most {@code mostBytes} of it. */
    static Fields empty(HostMemory memory, int mostBytes) {
        return new Fields(new ArrayList<>(), true, Children.unwatched(), memory, mostBytes);
    }

    /** A section that cannot be changed, the child of a message. */
    static Fields immutable(List<Field> entries, Children parent) {
        return new Fields(entries, false, parent, HostMemory.endless(), HttpLimits.DEFAULT.sectionBytes());
    }

    /** {@code [static]fields.from-list}. */
    public static Result<Fields, HeaderError> fromList(List<Field> entries) {
        return empty().filled(entries);
    }

    /** This, with entries appended. */
    Result<Fields, HeaderError> filled(List<Field> entries) {
        Fields fields = this;
        for (Field entry : entries) {
            if (fields.append(entry.name(), entry.value())
                    instanceof Result.Err<Unit, HeaderError>(HeaderError error)) {
                fields.close();
                return Result.err(error);
            }
        }
        return Result.ok(fields);
    }

    /** {@code get}: the values of a name, in order. */
    public List<byte[]> get(String name) {
        return entries.stream()
                .filter(entry -> entry.isNamed(name))
                .map(Field::value)
                .toList();
    }

    /** {@code has}. */
    public boolean has(String name) {
        return entries.stream().anyMatch(entry -> entry.isNamed(name));
    }

    /** {@code set}: these values instead of those that the name has. */
    public Result<Unit, HeaderError> set(String name, List<byte[]> values) {
        var refused = refusal(name, values, false);
        if (refused instanceof Result.Ok<Unit, HeaderError>) {
            remove(name);
            values.forEach(value -> add(name, value));
        }
        return refused;
    }

    /** {@code delete}. */
    public Result<Unit, HeaderError> delete(String name) {
        var refused = refusal(name, List.of(), false);
        if (refused instanceof Result.Ok<Unit, HeaderError>) {
            remove(name);
        }
        return refused;
    }

    /** {@code append}: one more value. */
    public Result<Unit, HeaderError> append(String name, byte[] value) {
        var refused = refusal(name, List.of(value), has(name));
        if (refused instanceof Result.Ok<Unit, HeaderError>) {
            add(name, value);
        }
        return refused;
    }

    /** {@code entries}: all of them, in the order of the wire. */
    public List<Field> entries() {
        return List.copyOf(entries);
    }

    /** {@code clone}: a copy that can be changed. */
    public Fields copy() {
        return copyTo(empty(memory, mostBytes));
    }

    /** Copies to {@code copy}, which is empty. */
    Fields copyTo(Fields copy) {
        entries.forEach(entry -> copy.add(entry.name(), entry.value()));
        return copy;
    }

    /** The value of {@code content-length}, if there is exactly one that is a number. */
    static OptionalLong contentLength(List<Field> entries) {
        var values = entries.stream()
                .filter(entry -> entry.isNamed(CONTENT_LENGTH))
                .map(Field::text)
                .toList();
        if (values.size() != 1 || !values.getFirst().matches("[0-9]{1,18}")) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(values.getFirst()));
    }

    private Result<Unit, HeaderError> refusal(String name, List<byte[]> values, boolean more) {
        if (!mutable) {
            return Result.err(new HeaderError.Immutable());
        }
        if (!Field.isToken(name) || !values.stream().allMatch(Field::isValue) || !isLength(name, values, more)) {
            return Result.err(new HeaderError.InvalidSyntax());
        }
        return Field.isForbidden(name) ? Result.err(new HeaderError.Forbidden()) : Result.ok();
    }

    /** Two lengths, or one that is no number, would leave it to each reader where the message ends (RFC 9112, 6.3). */
    private static boolean isLength(String name, List<byte[]> values, boolean more) {
        return !name.equalsIgnoreCase(CONTENT_LENGTH)
                || values.size() <= 1 && !more && values.stream().allMatch(value -> isNumber(new Field(name, value)));
    }

    private static boolean isNumber(Field field) {
        return field.text().matches("[0-9]{1,18}");
    }

    private void add(String name, byte[] value) {
        int more = size(name, value);
        if (more > mostBytes - bytes) {
            throw new Trap(TrapKind.HOST, "`fields` grew beyond " + mostBytes + " bytes");
        }
        memory.take(more, "`fields`");
        bytes += more;
        entries.add(new Field(name, value));
    }

    private void remove(String name) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (entries.get(i).isNamed(name)) {
                Field gone = entries.remove(i);
                int less = size(gone.name(), gone.value());
                bytes -= less;
                memory.giveBack(less);
            }
        }
    }

    // 32 for what an entry costs beside its bytes, as HPACK counts (RFC 7541, 4.1)
    private static int size(String name, byte[] value) {
        return name.length() + value.length + 32;
    }

    /** The destructor. */
    @Override
    public void close() {
        memory.giveBack(bytes);
        bytes = 0;
        parent.dropped();
    }
}
