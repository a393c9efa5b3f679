package tenon.app.manifest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tenon.app.Problems;
import tenon.app.manifest.HttpTrigger.Answer;
import tenon.app.manifest.HttpTrigger.ComponentAnswer;
import tenon.app.manifest.HttpTrigger.Executor;
import tenon.app.manifest.HttpTrigger.HttpExecutor;
import tenon.app.manifest.HttpTrigger.HttpRoute;
import tenon.app.manifest.HttpTrigger.PrivateRoute;
import tenon.app.manifest.HttpTrigger.PublicRoute;
import tenon.app.manifest.HttpTrigger.StaticResponse;
import tenon.app.manifest.HttpTrigger.WagiExecutor;
import tenon.app.route.Route;
import tenon.app.toml.TomlValue;
import tenon.app.toml.TomlValue.TomlString;

/** Reads what is special to HTTP triggers: route, static response, executor, middleware. Confined to one manifest. */
final class HttpTriggerReader {
    private static final String MIDDLEWARE = "middleware";
    private static final String ROUTE = "a route like `\"/x/...\"`, or `{ private = true }`";

    private final Section section;
    private final Problems problems;

    HttpTriggerReader(Section section) {
        this.section = section;
        this.problems = section.problems();
    }

    HttpTrigger read(
            String id,
            @Nullable ComponentReference component,
            Map<String, List<ComponentReference>> moreComponents,
            Map<String, List<TriggerDependency>> dependencies) {
        for (String role : dependencies.keySet()) {
            if (!role.equals(MIDDLEWARE)) {
                problems.add(
                        section.keyPlaceOf("dependencies"),
                        "`" + section.path("dependencies") + "." + role + "` does not exist, expected `middleware`");
            }
        }
        var trigger = new HttpTrigger(
                id,
                route(),
                answer(component),
                executor(),
                dependencies.getOrDefault(MIDDLEWARE, List.of()),
                moreComponents,
                section.place());
        section.end();
        return trigger;
    }

    private HttpRoute route() {
        TomlValue value = section.required("route", ROUTE);
        if (value instanceof TomlString pattern) {
            Route route = problems.gather(() -> Route.parse(pattern.value(), pattern.place()));
            return route == null ? new PrivateRoute(pattern.place()) : new PublicRoute(route, pattern.place());
        }
        Section table = value == null ? null : section.section(value, value.place(), section.path("route"));
        if (table != null) {
            boolean isPrivate = table.truth("private");
            table.end();
            if (!isPrivate) {
                problems.add(
                        table.placeOf("private"),
                        "`" + table.path() + "` is neither public nor private, expected " + ROUTE);
            }
        }
        return new PrivateRoute(value == null ? section.place() : value.place());
    }

    private Answer answer(@Nullable ComponentReference component) {
        Section response = section.section("static_response");
        if ((component == null) == (response == null)) {
            problems.add(
                    component == null ? section.place() : section.keyPlaceOf("static_response"),
                    "`" + section.path() + "` has " + (component == null ? "nothing" : "two things")
                            + " to answer with, expected either `component` or `static_response`");
        }
        if (response != null) {
            return staticResponse(response);
        }
        return component == null
                ? new ComponentAnswer("", section.place())
                : new ComponentAnswer(component.id(), component.place());
    }

    private StaticResponse staticResponse(Section response) {
        Long status = response.optionalInteger("status_code");
        Map<String, String> headers = new LinkedHashMap<>();
        response.textsByKey("headers").forEach((name, value) -> headers.put(name, value.value()));
        String body = response.optionalText("body");
        response.end();
        if (status != null && (status < 100 || status > 999)) {
            problems.add(
                    response.placeOf("status_code"),
                    "`" + response.path("status_code") + "` is `" + status + "`, expected 100 to 999");
            status = null;
        }
        return new StaticResponse(status == null ? 200 : status.intValue(), headers, body, response.place());
    }

    private Executor executor() {
        Section table = section.section("executor");
        if (table == null) {
            return new HttpExecutor();
        }
        String type = table.text("type", "`http` or `wagi`");
        Executor executor = switch (type) {
            case "http", "spin", "" -> new HttpExecutor();
            case "wagi" ->
                new WagiExecutor(
                        table.textOr("entrypoint", "_start"),
                        table.textOr("argv", "${SCRIPT_NAME} ${ARGS}"),
                        table.place());
            default -> {
                problems.add(
                        table.placeOf("type"), "executor `" + type + "` does not exist, expected `http` or `wagi`");
                table.rest();
                yield new HttpExecutor();
            }
        };
        table.end();
        return executor;
    }
}
