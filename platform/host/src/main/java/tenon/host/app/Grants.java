package tenon.host.app;

import java.util.LinkedHashMap;
import java.util.Map;
import tenon.app.manifest.Capability;
import tenon.app.manifest.Inheritance;
import tenon.runtime.Linker;
import tenon.wasi.Wasi;
import tenon.wasi.WasiConfig;
import tenon.wasi.config.ConfigStore;
import tenon.wasi.config.Variables;
import tenon.wasi.http.HttpBackend;
import tenon.wasi.keyvalue.KeyValue;
import tenon.wasi.keyvalue.KeyValueLimits;
import tenon.wasi.keyvalue.KeyValueStores;
import tenon.wasi.sockets.NetworkPolicy;

/**
 * What a component gets, each part by itself, so that a dependency can be given some of them. Immutable.
 *
 * @param streams the configuration that has the standard streams, the clock and limits, and grants nothing
 * @param environment variables
 * @param files the configuration that grants {@code streams} and the mounted files
 * @param outside where its requests go
 * @param network what it may do with sockets
 */
record Grants(
        WasiConfig streams,
        Map<String, String> environment,
        ComponentFiles files,
        HttpBackend outside,
        NetworkPolicy network,
        KeyValueStores stores,
        Variables variables) {

    /** What is left for a dependency; the standard streams and the clock are not asked for. */
    Grants inherited(Inheritance inheritance) {
        return new Grants(
                streams,
                inheritance.has(Capability.ENVIRONMENT) ? environment : Map.of(),
                inheritance.has(Capability.FILES) ? files : ComponentFiles.NONE,
                inheritance.has(Capability.ALLOWED_OUTBOUND_HOSTS) ? outside : HttpBackend.DENIED,
                inheritance.has(Capability.ALLOWED_OUTBOUND_HOSTS) ? network : NetworkPolicy.NOTHING,
                inheritance.has(Capability.KEY_VALUE_STORES) ? stores : KeyValueStores.NONE,
                inheritance.has(Capability.VARIABLES) ? variables : Variables.NONE);
    }

    /** A linker that offers this and nothing else. */
    Linker linker() {
        WasiConfig config = files.in(streams).withHttp(outside).withNetwork(network);
        for (var variable : new LinkedHashMap<>(environment).entrySet()) {
            config = config.withEnv(variable.getKey(), variable.getValue());
        }
        var linker = new Linker();
        Wasi.define(linker, config);
        KeyValue.define(linker, stores, KeyValueLimits.DEFAULT);
        ConfigStore.define(linker, variables);
        return linker;
    }
}
