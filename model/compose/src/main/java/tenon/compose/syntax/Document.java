package tenon.compose.syntax;

import java.util.List;
import java.util.Optional;
import tenon.wit.syntax.Source;

/**
 * A WAC document as written.
 *
 * @param name of the package that it makes
 * @param targets the world that the composition must fit
 */
public record Document(
        List<Remark> remarks, PackageReference name, Optional<PackagePath> targets, List<Statement> statements) {
    public Document {
        remarks = List.copyOf(remarks);
        statements = List.copyOf(statements);
    }

    /**
     * Reads a document.
     *
     * @throws tenon.compose.source.CompositionException if it does not follow the grammar
     * @throws tenon.wit.WitException if a sign stands in it that no text of WIT or WAC may have
     */
    public static Document parse(Source source) {
        return new DocumentParser(new Cursor(source)).document();
    }
}
