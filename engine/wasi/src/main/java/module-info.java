import org.jspecify.annotations.NullMarked;

/** The host's interfaces: WASI 0.2, one package per interface group, and what a backend of each is. */
@NullMarked
module tenon.wasi {
    requires static transitive org.jspecify;
    requires transitive tenon.core;
    requires transitive tenon.runtime;
    requires jdk.net;

    exports tenon.wasi;
    exports tenon.wasi.filesystem;
    exports tenon.wasi.io;
    exports tenon.wasi.log;
    exports tenon.wasi.cli;
    exports tenon.wasi.clocks;
    exports tenon.wasi.random;
    exports tenon.wasi.http;
    exports tenon.wasi.sockets;
    exports tenon.wasi.keyvalue;
    exports tenon.wasi.config;
}
