package tenon.compose.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tenon.compose.source.Span;
import tenon.wit.syntax.Token;

/** Reads a document: its statements and expressions. Confined to one run. */
final class DocumentParser {
    private final Cursor cursor;
    private final DeclarationParser declarations;

    DocumentParser(Cursor cursor) {
        this.cursor = cursor;
        this.declarations = new DeclarationParser(cursor);
    }

    Document document() {
        List<Remark> remarks = cursor.remarks();
        cursor.expect("package", "`package` and the name of the composition");
        PackageReference name = cursor.packageName();
        Optional<PackagePath> targets = cursor.eat("targets") ? Optional.of(cursor.path()) : Optional.empty();
        cursor.expect(";", targets.isPresent() ? "`;`" : "`targets` or `;`");
        var statements = new ArrayList<Statement>();
        while (!cursor.atEnd()) {
            statements.add(statement());
        }
        return new Document(remarks, name, targets, statements);
    }

    private Statement statement() {
        List<Remark> remarks = cursor.remarks();
        if (cursor.is("interface")) {
            return new Statement.Definition(declarations.interfaceDeclaration(remarks));
        }
        if (cursor.is("world")) {
            return new Statement.Definition(declarations.world(remarks));
        }
        if (declarations.atType()) {
            return new Statement.Definition(declarations.type(remarks));
        }
        Statement statement;
        if (cursor.eat("import")) {
            statement = importStatement(remarks);
        } else if (cursor.eat("let")) {
            Identifier name = cursor.identifier();
            cursor.expect("=");
            statement = new Statement.Let(remarks, name, expression());
        } else if (cursor.eat("export")) {
            Expression value = expression();
            statement = new Statement.Export(remarks, value, option());
        } else {
            throw cursor.unexpected("`import`, `let`, `export`, `interface`, `world` or a type");
        }
        cursor.expect(";");
        return statement;
    }

    private Statement importStatement(List<Remark> remarks) {
        Identifier name = cursor.identifier();
        Optional<ItemName> as = cursor.eat("as") ? Optional.of(cursor.itemName()) : Optional.empty();
        cursor.expect(":", as.isPresent() ? "`:`" : "`as` or `:`");
        return new Statement.Import(remarks, name, as, declarations.extern());
    }

    private Statement.Option option() {
        if (cursor.atEllipsis()) {
            return new Statement.Spread(cursor.ellipsis());
        }
        return cursor.eat("as") ? new Statement.As(cursor.itemName()) : new Statement.OwnName();
    }

    private Expression expression() {
        return cursor.nested(this::anyExpression);
    }

    private Expression anyExpression() {
        Expression.Primary primary = primary();
        var postfixes = new ArrayList<Expression.Postfix>();
        while ((cursor.is(".") && !cursor.atEllipsis()) || cursor.is("[")) {
            postfixes.add(postfix());
        }
        Span end = postfixes.isEmpty() ? primary.span() : postfixes.getLast().span();
        return new Expression(primary, postfixes, primary.span().to(end));
    }

    private Expression.Postfix postfix() {
        Span start = cursor.span();
        if (cursor.eat(".")) {
            Identifier name = cursor.identifier("an export");
            return new Expression.Access(name, start.to(name.span()));
        }
        cursor.expect("[");
        Quoted name = cursor.quoted();
        return new Expression.NamedAccess(name, start.to(cursor.expect("]")));
    }

    private Expression.Primary primary() {
        Span start = cursor.span();
        if (cursor.eat("new")) {
            PackageReference target = cursor.packageName();
            cursor.expect("{");
            List<Expression.Argument> arguments = List.copyOf(cursor.list("}", this::argument));
            return new Expression.New(target, arguments, start.to(cursor.last()));
        }
        if (cursor.eat("(")) {
            Expression inner = expression();
            return new Expression.Nested(inner, start.to(cursor.expect(")")));
        }
        return new Expression.Name(cursor.identifier("`new`, `(` or a name"));
    }

    private Expression.Argument argument() {
        if (cursor.atEllipsis()) {
            Span dots = cursor.ellipsis();
            return cursor.atName() ? new Expression.Spread(cursor.identifier()) : new Expression.Fill(dots);
        }
        boolean quoted = cursor.peek().kind() == Token.Kind.STRING;
        ItemName name = quoted ? cursor.quoted() : cursor.identifier("an argument, `...` or `}`");
        if (name instanceof Identifier inferred && !cursor.is(":")) {
            return new Expression.Inferred(inferred);
        }
        cursor.expect(":");
        return new Expression.Given(name, expression());
    }
}
