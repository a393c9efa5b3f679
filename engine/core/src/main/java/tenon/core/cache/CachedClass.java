package tenon.core.cache;

/**
 * A compiled class.
 *
 * @param bytes the class file; nobody writes to it
 * @param methods how many methods its functions became
 * @param hugeMethods how many of those the JIT refuses
 */
@SuppressWarnings("ArrayRecordComponent")
public record CachedClass(byte[] bytes, int methods, int hugeMethods) {}
