package tenon.conformance.app;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tenon.app.manifest.Manifest;
import tenon.types.Place;

/** What a manifest says, without where it says it: equal for two manifests that mean the same. */
final class Shape {
    /** About the file, and not about the application. */
    private static final Set<String> FILE = Set.of("file", "folder", "version", "warnings");

    private Shape() {}

    static Object of(Manifest manifest) {
        var shape = new TreeMap<String, Object>();
        for (RecordComponent component : Manifest.class.getRecordComponents()) {
            if (!FILE.contains(component.getName())) {
                put(component.getName(), value(component, manifest), shape);
            }
        }
        return shape;
    }

    private static @Nullable Object value(RecordComponent component, Object owner) {
        try {
            return component.getAccessor().invoke(owner);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Settings without a key say as little as no settings. */
    private static void put(String name, @Nullable Object value, Map<String, Object> shape) {
        Object inner = value == null || value instanceof Place ? Map.of() : of(value);
        if (!inner.equals(Map.of()) && !inner.equals(List.of())) {
            shape.put(name, inner);
        }
    }

    private static Object of(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                var shape = new TreeMap<String, Object>();
                map.forEach((key, inner) -> put(key.toString(), inner, shape));
                yield shape;
            }
            case List<?> list -> {
                var shape = new ArrayList<Object>();
                list.forEach(item -> shape.add(of(item)));
                yield shape;
            }
            case Record data -> {
                var shape = new TreeMap<String, Object>();
                for (RecordComponent component : data.getClass().getRecordComponents()) {
                    put(component.getName(), value(component, data), shape);
                }
                if (!shape.isEmpty()) {
                    shape.put("kind", data.getClass().getSimpleName());
                }
                yield shape;
            }
            default -> value.toString();
        };
    }
}
