package tenon.conformance.suite;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What fails for now, and why: one line each, the case and then the reason; {@code #} begins a comment. A case is
 * {@code family:NAME}, a script by its path without ending, or assertions of it by {@code script:LINE,LINE}.
 */
public record SkipList(Map<String, String> reasons) {

    /** The list of a suite, beside the class of its test. */
    public static SkipList read(Class<?> test, String resource) throws IOException {
        var reasons = new LinkedHashMap<String, String>();
        try (InputStream in = test.getResourceAsStream(resource)) {
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
                    cases(parts[0]).forEach(each -> reasons.put(each, parts[1]));
                }
            }
        }
        return new SkipList(reasons);
    }

    private static List<String> cases(String text) {
        int colon = text.lastIndexOf(':');
        String lines = text.substring(colon + 1);
        return colon < 0 || text.startsWith("family:")
                ? List.of(text)
                : Arrays.stream(lines.split(","))
                        .map(line -> text.substring(0, colon + 1) + line)
                        .toList();
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
