package tenon.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import tenon.component.Component;
import tenon.component.ComponentDecoder;
import tenon.component.CoreModule;
import tenon.component.NestedComponent;
import tenon.component.Resolution;
import tenon.types.TenonException;
import tenon.wasm.ModuleDecoder;
import tenon.wasm.ModuleValidator;

/**
 * {@code tenon validate FILE…}: whether binaries and texts are what the specification allows. All files are looked at, each
 * that is wrong is an error.
 */
record Validate(Console console) implements Command {

    @Override
    public String name() {
        return "validate";
    }

    @Override
    public CommandSpec spec() {
        var spec = Command.named(name(), "Check modules and components against the specification.");
        spec.usageMessage()
                .footer(
                        "",
                        "Of a component, its core modules and the references between its parts are checked; most rules of its own types are not yet.");
        return spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("FILE")
                .arity("1..*")
                .type(List.class)
                .auxiliaryTypes(Path.class)
                .required(true)
                .description("Binaries or texts; `-` is standard input.")
                .build());
    }

    @Override
    public int run(ParseResult arguments) throws IOException {
        List<Path> files = arguments.matchedPositional(0).getValue();
        int code = Tenon.DONE;
        for (Path file : files) {
            try {
                console.out().println(WebAssemblyInput.name(file) + ": valid " + validate(file));
            } catch (TenonException error) {
                console.err()
                        .println(console.alarming("error:") + " " + WebAssemblyInput.name(file) + ": "
                                + error.getMessage());
                code = Math.max(code, Tenon.FAILED);
            } catch (IOException error) {
                code = Math.max(code, new ErrorReport(console, false).of(error));
            }
        }
        return code;
    }

    private String validate(Path file) throws IOException {
        byte[] bytes = WebAssemblyInput.read(console, file);
        if (ComponentDecoder.isComponent(bytes)) {
            Component component = ComponentDecoder.decode(bytes);
            validate(component);
            Resolution.of(component);
            return "component";
        }
        ModuleValidator.validate(ModuleDecoder.decode(bytes));
        return "module";
    }

    private static void validate(Component component) {
        component.definitions(CoreModule.class).forEach(core -> ModuleValidator.validate(core.module()));
        component.definitions(NestedComponent.class).forEach(nested -> validate(nested.component()));
    }
}
