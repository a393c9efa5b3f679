import org.jspecify.annotations.NullMarked;

/** Runs components as services: the HTTP trigger, and what guests reach outside. */
@NullMarked
module tenon.host {
    requires static transitive org.jspecify;
    requires transitive tenon.wasi;
    requires transitive tenon.app;
    requires tenon.compose;
    requires org.eclipse.jetty.server;
    requires org.eclipse.jetty.client;
    requires org.eclipse.jetty.http2.server;
    requires java.sql;
    requires org.xerial.sqlitejdbc;

    exports tenon.host;
    exports tenon.host.app;
    exports tenon.host.sqlite;
}
