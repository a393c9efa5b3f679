package tenon.host.app;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tenon.app.ManifestException;
import tenon.app.template.Template;
import tenon.app.template.Variables;
import tenon.wasi.config.VariablesException;

/**
 * What a component can ask for: the texts in its part of the manifest, with the application's variables in them. Thread-safe if the
 * application's sources are.
 */
record ComponentVariables(Map<String, Template> templates, Variables application)
        implements tenon.wasi.config.Variables {
    @Override
    public Optional<String> get(String name) {
        return Optional.ofNullable(templates.get(name)).map(this::resolve);
    }

    @Override
    public Map<String, String> all() {
        var all = new LinkedHashMap<String, String>();
        templates.forEach((name, template) -> all.put(name, resolve(template)));
        return all;
    }

    private String resolve(Template template) {
        try {
            return application.resolve(template);
        } catch (ManifestException e) {
            throw new VariablesException(e.fact(), e);
        }
    }
}
