package tenon.cli;

import java.io.IOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: ours, and the JVM's, since both decide how a guest runs. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() throws IOException {
        return new String[] {"tenon " + ours() + " (java " + Runtime.version() + ")"};
    }

    /** Ours alone. */
    static String ours() throws IOException {
        var properties = new Properties();
        try (var in = Version.class.getResourceAsStream("version.properties")) {
            if (in == null) {
                throw new IOException("resource `version.properties` is missing");
            }
            properties.load(in);
        }
        return properties.getProperty("version");
    }
}
