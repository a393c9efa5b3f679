package tenon.wasi.http;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Where the body of a message that goes out is sent to. The head goes with the first piece.
 *
 * <p>One piece at a time: the next one may come when the completion of the one before was called.
 */
public interface BodySink {
    /** Called exactly once, on any thread; must not block. */
    interface Completion {
        /** The piece is on its way, and its bytes may be changed. */
        void succeeded();

        /** The body is lost. */
        void failed(ErrorCode code);
    }

    /**
     * Sends a piece; does not wait for it.
     *
     * @param bytes may be empty
     * @param last whether the body ends here
     * @param trailers with the last piece only
     */
    void send(ByteBuffer bytes, boolean last, List<Field> trailers, Completion completion);

    /** Whether trailers can follow a body whose length was announced: in HTTP/2, not in HTTP/1.1. */
    boolean trailersAfterLength();

    /** Breaks the body off so that the other side sees it; does nothing if it has ended. */
    void abort(ErrorCode reason);
}
