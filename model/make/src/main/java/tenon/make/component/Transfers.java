package tenon.make.component;

import java.util.Optional;
import tenon.component.Canon;
import tenon.component.CanonicalOptions;
import tenon.component.CanonicalOptions.StringEncoding;
import tenon.make.embed.Encodings;
import tenon.make.names.Payload;
import tenon.make.names.Requirement;

/** Writes the built-ins of streams and futures. */
record Transfers(Assembly assembly) {

    /** A built-in that moves no values. */
    int define(Requirement.Stream stream) {
        int type = type(stream.payload());
        boolean async = stream.async();
        boolean isStream = stream.payload().kind() == Payload.Kind.STREAM;
        return assembly.out.add(
                switch (stream.operation()) {
                    case NEW -> isStream ? new Canon.StreamNew(type, 0) : new Canon.FutureNew(type, 0);
                    case FORWARD -> isStream ? new Canon.StreamForward(type, 0) : new Canon.FutureForward(type, 0);
                    case CANCEL_READ ->
                        isStream
                                ? new Canon.StreamCancelRead(type, async, 0)
                                : new Canon.FutureCancelRead(type, async, 0);
                    case CANCEL_WRITE ->
                        isStream
                                ? new Canon.StreamCancelWrite(type, async, 0)
                                : new Canon.FutureCancelWrite(type, async, 0);
                    case DROP_READABLE ->
                        isStream ? new Canon.StreamDropReadable(type, 0) : new Canon.FutureDropReadable(type, 0);
                    case DROP_WRITABLE ->
                        isStream ? new Canon.StreamDropWritable(type, 0) : new Canon.FutureDropWritable(type, 0);
                    case READ, WRITE -> throw new AssertionError("moves values: " + stream);
                });
    }

    /** A built-in that moves values. */
    int define(Shim.Kind.Transfer transfer, Reallocs.Site site) {
        Payload payload = transfer.payload();
        Part part = assembly.plan.part(transfer.module());
        Options options = Shims.transfer(payload, transfer.operation(), transfer.async());
        Encodings encodings = payload.imported() ? part.importEncodings() : part.exportEncodings();
        StringEncoding encoding = payload.use()
                .flatMap(use -> encodings.get(assembly.plan.graph, payload.key(), use.function()))
                .orElse(StringEncoding.UTF8);
        Optional<Integer> realloc = assembly.realloc(
                transfer.module(), site, options, new Reallocs(assembly.plan).ofPayload(transfer.module(), payload));
        int type = type(payload);
        CanonicalOptions canonical = options.toCanonical(encoding, assembly.memory, realloc);
        boolean read = transfer.operation() == Payload.Operation.READ;
        Canon canon = switch (payload.kind()) {
            case STREAM -> read ? new Canon.StreamRead(type, canonical, 0) : new Canon.StreamWrite(type, canonical, 0);
            case FUTURE -> read ? new Canon.FutureRead(type, canonical, 0) : new Canon.FutureWrite(type, canonical, 0);
        };
        return options.encoding() ? assembly.out.canonWithEncoding(canon) : assembly.out.add(canon);
    }

    private int type(Payload payload) {
        TypeScope scope = payload.imported() || payload.owner().isEmpty()
                ? assembly.importedTypes()
                : assembly.exportedTypes(payload.owner());
        return payload.use()
                .map(use -> scope.index(use.type()))
                .orElseGet(() -> scope.unit(payload.kind() == Payload.Kind.STREAM));
    }
}
