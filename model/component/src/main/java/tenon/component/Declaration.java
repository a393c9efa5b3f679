package tenon.component;

/** One line of a component or instance type, which has index spaces of its own. */
public sealed interface Declaration permits TypeDefinition, CoreTypeDefinition, Alias, Import, ExportDeclaration {}
