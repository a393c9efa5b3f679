import org.jspecify.annotations.NullMarked;

/** Measurements side by side with peers. Never shipped. */
@NullMarked
module tenon.bench {
    requires static org.jspecify;
    requires java.net.http;
    requires org.eclipse.jetty.server;
    requires tenon.host;
    requires tenon.text;
}
