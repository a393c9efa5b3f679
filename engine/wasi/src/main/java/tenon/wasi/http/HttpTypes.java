package tenon.wasi.http;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Optional;
import tenon.runtime.HostInterface;
import tenon.runtime.value.Result;
import tenon.runtime.value.Unit;
import tenon.wasi.io.InputStream;
import tenon.wasi.io.IoError;
import tenon.wasi.io.OutputStream;
import tenon.wasi.io.Poll;
import tenon.wasi.io.Pollable;
import tenon.wasi.io.Readiness;
import tenon.wasi.io.Streams;

/** {@code wasi:http/types@0.2}: what the functions do is the resources' own. Confined to the Store. */
public final class HttpTypes {
    /** The interface, for a Linker. */
    public static final HostInterface INTERFACE = describe();

    private final Readiness readiness;
    private final HttpLimits limits;

    /** The functions; their pollables wait at {@code readiness}. */
    public HttpTypes(Readiness readiness, HttpLimits limits) {
        this.readiness = readiness;
        this.limits = limits;
    }

    private static HostInterface describe() {
        var builder = HostInterface.of("wasi:http/types@0.2.12", HttpTypes.class, MethodHandles.lookup());
        builder.resourceOf("error", IoError.INTERFACE)
                .resourceOf("pollable", Poll.INTERFACE)
                .resourceOf("input-stream", Streams.INTERFACE)
                .resourceOf("output-stream", Streams.INTERFACE)
                .resource("fields", Fields.class)
                .resource("incoming-request", IncomingRequest.class)
                .resource("outgoing-request", OutgoingRequest.class)
                .resource("request-options", RequestOptions.class)
                .resource("response-outparam", ResponseOutparam.class)
                .resource("incoming-response", IncomingResponse.class)
                .resource("incoming-body", IncomingBody.class)
                .resource("future-trailers", FutureTrailers.class)
                .resource("outgoing-response", OutgoingResponse.class)
                .resource("outgoing-body", OutgoingBody.class)
                .resource("future-incoming-response", FutureIncomingResponse.class);
        fields(builder);
        requests(builder);
        responses(builder);
        return builder.build();
    }

    private static void fields(HostInterface.Builder builder) {
        builder.function("http-error-code", "httpErrorCode", methodType(Optional.class, IoError.class))
                .function("[constructor]fields", "newFields", methodType(Fields.class))
                .function("[static]fields.from-list", "fieldsFromList", methodType(Result.class, List.class))
                .function("[method]fields.get", "get", methodType(List.class, Fields.class, String.class))
                .function("[method]fields.has", "has", methodType(boolean.class, Fields.class, String.class))
                .function("[method]fields.set", "set", methodType(Result.class, Fields.class, String.class, List.class))
                .function("[method]fields.delete", "delete", methodType(Result.class, Fields.class, String.class))
                .function(
                        "[method]fields.append",
                        "append",
                        methodType(Result.class, Fields.class, String.class, byte[].class))
                .function("[method]fields.entries", "entries", methodType(List.class, Fields.class))
                .function("[method]fields.clone", "copy", methodType(Fields.class, Fields.class));
    }

    private static void requests(HostInterface.Builder builder) {
        builder.function("[method]incoming-request.method", "method", methodType(Method.class, IncomingRequest.class))
                .function(
                        "[method]incoming-request.path-with-query",
                        "pathWithQuery",
                        methodType(Optional.class, IncomingRequest.class))
                .function(
                        "[method]incoming-request.scheme", "scheme", methodType(Optional.class, IncomingRequest.class))
                .function(
                        "[method]incoming-request.authority",
                        "authority",
                        methodType(Optional.class, IncomingRequest.class))
                .function(
                        "[method]incoming-request.headers", "headers", methodType(Fields.class, IncomingRequest.class))
                .function(
                        "[method]incoming-request.consume", "consume", methodType(Result.class, IncomingRequest.class))
                .function(
                        "[constructor]outgoing-request",
                        "newOutgoingRequest",
                        methodType(OutgoingRequest.class, Fields.class))
                .function("[method]outgoing-request.body", "body", methodType(Result.class, OutgoingRequest.class))
                .function("[method]outgoing-request.method", "method", methodType(Method.class, OutgoingRequest.class))
                .function(
                        "[method]outgoing-request.set-method",
                        "setMethod",
                        methodType(Result.class, OutgoingRequest.class, Method.class))
                .function(
                        "[method]outgoing-request.path-with-query",
                        "pathWithQuery",
                        methodType(Optional.class, OutgoingRequest.class))
                .function(
                        "[method]outgoing-request.set-path-with-query",
                        "setPathWithQuery",
                        methodType(Result.class, OutgoingRequest.class, Optional.class))
                .function(
                        "[method]outgoing-request.scheme", "scheme", methodType(Optional.class, OutgoingRequest.class))
                .function(
                        "[method]outgoing-request.set-scheme",
                        "setScheme",
                        methodType(Result.class, OutgoingRequest.class, Optional.class))
                .function(
                        "[method]outgoing-request.authority",
                        "authority",
                        methodType(Optional.class, OutgoingRequest.class))
                .function(
                        "[method]outgoing-request.set-authority",
                        "setAuthority",
                        methodType(Result.class, OutgoingRequest.class, Optional.class))
                .function(
                        "[method]outgoing-request.headers", "headers", methodType(Fields.class, OutgoingRequest.class))
                .function("[constructor]request-options", "newRequestOptions", methodType(RequestOptions.class))
                .function(
                        "[method]request-options.connect-timeout",
                        "connectTimeout",
                        methodType(Optional.class, RequestOptions.class))
                .function(
                        "[method]request-options.set-connect-timeout",
                        "setConnectTimeout",
                        methodType(Result.class, RequestOptions.class, Optional.class))
                .function(
                        "[method]request-options.first-byte-timeout",
                        "firstByteTimeout",
                        methodType(Optional.class, RequestOptions.class))
                .function(
                        "[method]request-options.set-first-byte-timeout",
                        "setFirstByteTimeout",
                        methodType(Result.class, RequestOptions.class, Optional.class))
                .function(
                        "[method]request-options.between-bytes-timeout",
                        "betweenBytesTimeout",
                        methodType(Optional.class, RequestOptions.class))
                .function(
                        "[method]request-options.set-between-bytes-timeout",
                        "setBetweenBytesTimeout",
                        methodType(Result.class, RequestOptions.class, Optional.class));
    }

    private static void responses(HostInterface.Builder builder) {
        builder.function(
                        "[static]response-outparam.set",
                        "setResponse",
                        methodType(void.class, ResponseOutparam.class, Result.class))
                .function(
                        "[method]response-outparam.send-informational",
                        "sendInformational",
                        methodType(Result.class, ResponseOutparam.class, short.class, Fields.class))
                .function("[method]incoming-response.status", "status", methodType(short.class, IncomingResponse.class))
                .function(
                        "[method]incoming-response.headers",
                        "headers",
                        methodType(Fields.class, IncomingResponse.class))
                .function(
                        "[method]incoming-response.consume",
                        "consume",
                        methodType(Result.class, IncomingResponse.class))
                .function("[method]incoming-body.stream", "stream", methodType(Result.class, IncomingBody.class))
                .function(
                        "[static]incoming-body.finish", "finish", methodType(FutureTrailers.class, IncomingBody.class))
                .function(
                        "[method]future-trailers.subscribe",
                        "subscribe",
                        methodType(Pollable.class, FutureTrailers.class))
                .function("[method]future-trailers.get", "get", methodType(Optional.class, FutureTrailers.class))
                .function(
                        "[constructor]outgoing-response",
                        "newOutgoingResponse",
                        methodType(OutgoingResponse.class, Fields.class))
                .function(
                        "[method]outgoing-response.status-code",
                        "statusCode",
                        methodType(short.class, OutgoingResponse.class))
                .function(
                        "[method]outgoing-response.set-status-code",
                        "setStatusCode",
                        methodType(Result.class, OutgoingResponse.class, short.class))
                .function(
                        "[method]outgoing-response.headers",
                        "headers",
                        methodType(Fields.class, OutgoingResponse.class))
                .function("[method]outgoing-response.body", "body", methodType(Result.class, OutgoingResponse.class))
                .function("[method]outgoing-body.write", "write", methodType(Result.class, OutgoingBody.class))
                .function(
                        "[static]outgoing-body.finish",
                        "finish",
                        methodType(Result.class, OutgoingBody.class, Optional.class))
                .function(
                        "[method]future-incoming-response.subscribe",
                        "subscribe",
                        methodType(Pollable.class, FutureIncomingResponse.class))
                .function(
                        "[method]future-incoming-response.get",
                        "get",
                        methodType(Optional.class, FutureIncomingResponse.class));
    }

    Optional<ErrorCode> httpErrorCode(IoError error) {
        return ErrorCodes.behind(error);
    }

    Fields newFields() {
        return Fields.empty(readiness.memory(), limits.sectionBytes());
    }

    Result<Fields, HeaderError> fieldsFromList(List<Field> entries) {
        return newFields().filled(entries);
    }

    List<byte[]> get(Fields fields, String name) {
        return fields.get(name);
    }

    boolean has(Fields fields, String name) {
        return fields.has(name);
    }

    Result<Unit, HeaderError> set(Fields fields, String name, List<byte[]> values) {
        return fields.set(name, values);
    }

    Result<Unit, HeaderError> delete(Fields fields, String name) {
        return fields.delete(name);
    }

    Result<Unit, HeaderError> append(Fields fields, String name, byte[] value) {
        return fields.append(name, value);
    }

    List<Field> entries(Fields fields) {
        return fields.entries();
    }

    Fields copy(Fields fields) {
        return fields.copyTo(newFields());
    }

    Method method(IncomingRequest request) {
        return request.method();
    }

    Optional<String> pathWithQuery(IncomingRequest request) {
        return request.pathWithQuery();
    }

    Optional<Scheme> scheme(IncomingRequest request) {
        return request.scheme();
    }

    Optional<String> authority(IncomingRequest request) {
        return request.authority();
    }

    Fields headers(IncomingRequest request) {
        return request.headers();
    }

    Result<IncomingBody, Unit> consume(IncomingRequest request) {
        return request.consume();
    }

    OutgoingRequest newOutgoingRequest(Fields headers) {
        return new OutgoingRequest(readiness, headers);
    }

    Result<OutgoingBody, Unit> body(OutgoingRequest request) {
        return request.body();
    }

    Method method(OutgoingRequest request) {
        return request.method();
    }

    Result<Unit, Unit> setMethod(OutgoingRequest request, Method method) {
        return request.setMethod(method);
    }

    Optional<String> pathWithQuery(OutgoingRequest request) {
        return request.pathWithQuery();
    }

    Result<Unit, Unit> setPathWithQuery(OutgoingRequest request, Optional<String> path) {
        return request.setPathWithQuery(path);
    }

    Optional<Scheme> scheme(OutgoingRequest request) {
        return request.scheme();
    }

    Result<Unit, Unit> setScheme(OutgoingRequest request, Optional<Scheme> scheme) {
        return request.setScheme(scheme);
    }

    Optional<String> authority(OutgoingRequest request) {
        return request.authority();
    }

    Result<Unit, Unit> setAuthority(OutgoingRequest request, Optional<String> authority) {
        return request.setAuthority(authority);
    }

    Fields headers(OutgoingRequest request) {
        return request.headers();
    }

    RequestOptions newRequestOptions() {
        return new RequestOptions();
    }

    Optional<Long> connectTimeout(RequestOptions options) {
        return options.connectTimeout();
    }

    Result<Unit, Unit> setConnectTimeout(RequestOptions options, Optional<Long> duration) {
        return options.setConnectTimeout(duration);
    }

    Optional<Long> firstByteTimeout(RequestOptions options) {
        return options.firstByteTimeout();
    }

    Result<Unit, Unit> setFirstByteTimeout(RequestOptions options, Optional<Long> duration) {
        return options.setFirstByteTimeout(duration);
    }

    Optional<Long> betweenBytesTimeout(RequestOptions options) {
        return options.betweenBytesTimeout();
    }

    Result<Unit, Unit> setBetweenBytesTimeout(RequestOptions options, Optional<Long> duration) {
        return options.setBetweenBytesTimeout(duration);
    }

    void setResponse(ResponseOutparam param, Result<OutgoingResponse, ErrorCode> response) {
        param.set(response);
    }

    Result<Unit, ErrorCode> sendInformational(ResponseOutparam param, short status, Fields headers) {
        return param.sendInformational(status, headers);
    }

    short status(IncomingResponse response) {
        return response.status();
    }

    Fields headers(IncomingResponse response) {
        return response.headers();
    }

    Result<IncomingBody, Unit> consume(IncomingResponse response) {
        return response.consume();
    }

    Result<InputStream, Unit> stream(IncomingBody body) {
        return body.stream();
    }

    FutureTrailers finish(IncomingBody body) {
        return body.finish();
    }

    Pollable subscribe(FutureTrailers trailers) {
        return trailers.subscribe();
    }

    Optional<Result<Result<Optional<Fields>, ErrorCode>, Unit>> get(FutureTrailers trailers) {
        return trailers.get();
    }

    OutgoingResponse newOutgoingResponse(Fields headers) {
        return new OutgoingResponse(readiness, headers);
    }

    short statusCode(OutgoingResponse response) {
        return response.statusCode();
    }

    Result<Unit, Unit> setStatusCode(OutgoingResponse response, short status) {
        return response.setStatusCode(status);
    }

    Fields headers(OutgoingResponse response) {
        return response.headers();
    }

    Result<OutgoingBody, Unit> body(OutgoingResponse response) {
        return response.body();
    }

    Result<OutputStream, Unit> write(OutgoingBody body) {
        return body.write();
    }

    Result<Unit, ErrorCode> finish(OutgoingBody body, Optional<Fields> trailers) {
        return body.finish(trailers);
    }

    Pollable subscribe(FutureIncomingResponse response) {
        return response.subscribe();
    }

    Optional<Result<Result<IncomingResponse, ErrorCode>, Unit>> get(FutureIncomingResponse response) {
        return response.get();
    }
}
