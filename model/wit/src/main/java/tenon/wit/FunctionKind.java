package tenon.wit;

import java.util.Optional;

/**
 * What a function belongs to, and how it is called.
 *
 * @param resource empty for {@link Form#FREESTANDING}
 */
public record FunctionKind(Form form, Access access, boolean async, Optional<TypeId> resource) {
    /** A function that belongs to no resource and waits for nothing. */
    public static final FunctionKind FREESTANDING =
            new FunctionKind(Form.FREESTANDING, Access.CALL, false, Optional.empty());

    /** What a function belongs to. */
    public enum Form {
        FREESTANDING,
        METHOD,
        STATIC,
        CONSTRUCTOR
    }

    /** Whether a function is written as {@code func}, {@code get} or {@code set}. */
    public enum Access {
        CALL,
        GET,
        SET
    }

    /** A freestanding function. */
    public static FunctionKind freestanding(Access access, boolean async) {
        return new FunctionKind(Form.FREESTANDING, access, async, Optional.empty());
    }

    /** A function of a resource. */
    public static FunctionKind of(Form form, Access access, boolean async, TypeId resource) {
        return new FunctionKind(form, access, async, Optional.of(resource));
    }

    /** The same for another resource. */
    public FunctionKind with(Optional<TypeId> other) {
        return new FunctionKind(form, access, async, other);
    }

    /** The name that a function of this kind has: {@code [method]file.read}. */
    public String name(String resourceName, String label) {
        String accessed = switch (access) {
            case CALL -> "";
            case GET -> "[get]";
            case SET -> "[set]";
        };
        return switch (form) {
            case FREESTANDING -> accessed + label;
            case METHOD -> "[method]" + accessed + resourceName + "." + label;
            case STATIC -> "[static]" + accessed + resourceName + "." + label;
            case CONSTRUCTOR -> "[constructor]" + resourceName;
        };
    }
}
