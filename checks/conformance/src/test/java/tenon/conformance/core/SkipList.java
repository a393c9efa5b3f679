package tenon.conformance.core;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What fails for now, and why: one line each, the case and then the reason; {@code #} begins a comment. A case is
 * {@code family:NAME}, a script by its path without ending, or an assertion of it by {@code script:LINE}.
 */
record SkipList(Map<String, String> reasons) {

    static SkipList read(String resource) throws IOException {
        var reasons = new LinkedHashMap<String, String>();
        try (InputStream in = SkipList.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("resource " + resource + " is missing");
            }
            var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] parts = line.strip().split("\\s+", 2);
                    if (parts.length < 2) {
                        throw new IOException("`" + line + "` has no reason");
                    }
                    reasons.put(parts[0], parts[1]);
                }
            }
        }
        return new SkipList(reasons);
    }

    /** Why a whole script is expected to fail. */
    Optional<String> script(String family, String script) {
        return Optional.ofNullable(reasons.getOrDefault(script, reasons.get("family:" + family)));
    }

    /** Why an assertion is expected to fail. */
    Optional<String> assertion(String script, int line) {
        return Optional.ofNullable(reasons.get(script + ":" + line));
    }
}
