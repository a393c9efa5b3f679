package tenon.host.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import tenon.app.manifest.HttpTrigger.StaticResponse;
import tenon.host.RequestHandler.Work;
import tenon.wasi.http.Field;

/** An answer that no guest is asked for. Immutable; the array is not copied. */
// a record over an array is compared by identity, and nothing compares answers
@SuppressWarnings("ArrayRecordComponent")
record PlainAnswer(int status, List<Field> headers, byte[] body) {

    static PlainAnswer text(int status, String type, String text) {
        return new PlainAnswer(status, List.of(Field.of("content-type", type)), text.getBytes(UTF_8));
    }

    /** What the manifest says, once for all requests. */
    static PlainAnswer of(StaticResponse response) {
        var headers = new ArrayList<Field>();
        response.headers().forEach((name, value) -> headers.add(new Field(name, value.getBytes(UTF_8))));
        String body = response.body();
        return new PlainAnswer(response.status(), headers, body == null ? new byte[0] : body.getBytes(UTF_8));
    }

    void send(Work work) {
        work.response().answer(status, headers, body);
    }
}
