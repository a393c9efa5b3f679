package tenon.component;

/** What an instance of the type exports. */
public record ExportDeclaration(ExternalName name, ExternDescription type, long offset) implements Declaration {}
