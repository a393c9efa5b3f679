package tenon.wit.resolve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tenon.types.component.PackageName;
import tenon.wit.Diagnostic;
import tenon.wit.WitException;
import tenon.wit.syntax.PackageHeader;
import tenon.wit.syntax.Spot;
import tenon.wit.syntax.WitFile;

/**
 * A package as written.
 *
 * @param spot where its name stands
 * @param files its items, one list for each file: names of {@code use} at the top level hold in one file
 */
record PackageSyntax(PackageName name, Spot spot, Optional<String> documentation, List<List<WitFile.Item>> files) {

    /** The package that files make together, and those that are nested in them; the package itself is the last one. */
    static List<PackageSyntax> of(List<WitFile> files) {
        var packages = new ArrayList<PackageSyntax>();
        var own = new ArrayList<List<WitFile.Item>>();
        PackageHeader header = null;
        Optional<String> documentation = Optional.empty();
        for (WitFile file : files) {
            if (file.header().isPresent()) {
                header = agree(header, file.header().get());
                Optional<String> text = header.comments().text();
                if (text.isPresent() && documentation.isPresent()) {
                    throw header.comments().spot().error("package `" + header.name() + "` has documentation twice");
                }
                documentation = documentation.or(() -> text);
            }
            var items = new ArrayList<WitFile.Item>();
            for (WitFile.Item item : file.items()) {
                if (item instanceof WitFile.NestedPackage nested) {
                    packages.add(nested(nested));
                } else {
                    items.add(item);
                }
            }
            own.add(items);
        }
        if (header == null) {
            throw new WitException(new Diagnostic(
                    new Spot(files.getFirst().source(), 0).place(),
                    "no file of this package names it, expected a line like `package example:app;`",
                    Optional.empty()));
        }
        packages.add(new PackageSyntax(header.name(), header.spot(), documentation, own));
        return packages;
    }

    private static PackageHeader agree(@Nullable PackageHeader known, PackageHeader other) {
        if (known != null && !known.name().equals(other.name())) {
            throw other.spot()
                    .error(
                            "package `" + other.name() + "` is `" + known.name()
                                    + "` in another file of the same folder",
                            "another package has a folder or file of its own in `deps`");
        }
        return other;
    }

    private static PackageSyntax nested(WitFile.NestedPackage nested) {
        for (WitFile.Item item : nested.items()) {
            if (item instanceof WitFile.NestedPackage inner) {
                throw inner.header()
                        .spot()
                        .error("package `" + inner.header().name()
                                + "` stands in another package, expected it at the top level of the file");
            }
        }
        PackageHeader header = nested.header();
        return new PackageSyntax(header.name(), header.spot(), header.comments().text(), List.of(nested.items()));
    }
}
