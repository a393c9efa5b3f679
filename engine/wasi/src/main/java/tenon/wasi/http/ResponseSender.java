package tenon.wasi.http;

import java.util.List;
import tenon.runtime.value.Result;
import tenon.runtime.value.Unit;

/** The way back to whoever sent a request: what {@code response-outparam} stands for. Called on the Store's thread. */
public interface ResponseSender {
    /** Takes the head of the response; it is sent with the first piece of the body. */
    BodySink respond(int status, List<Field> headers);

    /** The guest had an error instead of a response. */
    void fail(ErrorCode code);

    /** Sends a 1xx response before the real one; {@code status} is 100 to 199. */
    Result<Unit, ErrorCode> informational(int status, List<Field> headers);
}
