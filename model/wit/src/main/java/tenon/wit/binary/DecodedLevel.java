package tenon.wit.binary;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tenon.component.Alias;
import tenon.component.CoreTypeDefinition;
import tenon.component.Declaration;
import tenon.component.ExportDeclaration;
import tenon.component.Import;
import tenon.component.Sort;
import tenon.component.TypeDefinition;

/** The index spaces of a component or instance type. Confined to one run. */
final class DecodedLevel {
    private final Optional<DecodedLevel> outer;
    private final List<DecodedType> types = new ArrayList<>();
    private final List<Map<String, DecodedType>> instances = new ArrayList<>();

    DecodedLevel(Optional<DecodedLevel> outer) {
        this.outer = outer;
    }

    DecodedType type(int index) {
        return types.get(index);
    }

    void add(DecodedType type) {
        types.add(type);
    }

    /** Adds an instance with the types that it exports. */
    void addInstance(Map<String, DecodedType> exports) {
        instances.add(exports);
    }

    /** Adds what a declaration defines that is neither an import nor an export. */
    void add(Declaration declaration) {
        switch (declaration) {
            case TypeDefinition type -> add(new DecodedType(type.expression(), this));
            case Alias.Outer alias
            when alias.sort() == Sort.TYPE -> {
                DecodedLevel from = this;
                for (int i = 0; i < alias.count(); i++) {
                    from = from.outer.orElseThrow(() -> PackageBinary.no("reference to something outside"));
                }
                add(from.type(alias.index()));
            }
            case Alias.InstanceExport alias
            when alias.sort() == Sort.TYPE -> {
                DecodedType type = instances.get(alias.instance()).get(alias.name());
                if (type == null) {
                    throw PackageBinary.no("reference to `" + alias.name() + "`, which is no type,");
                }
                add(type);
            }
            case Alias _, CoreTypeDefinition _, Import _, ExportDeclaration _ ->
                throw PackageBinary.no("declaration that is no type");
        }
    }
}
