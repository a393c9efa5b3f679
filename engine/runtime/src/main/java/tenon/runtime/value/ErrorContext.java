package tenon.runtime.value;

/** What went wrong, for people to read: an {@code error-context}. Immutable. */
public record ErrorContext(String debugMessage) {}
