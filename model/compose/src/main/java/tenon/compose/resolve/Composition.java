package tenon.compose.resolve;

import java.util.Map;
import java.util.Optional;
import tenon.compose.encode.ConflictException;
import tenon.compose.encode.Dependencies;
import tenon.compose.encode.GraphEncoder;
import tenon.compose.graph.CompositionGraph;
import tenon.compose.graph.Node;
import tenon.compose.source.CompositionException;
import tenon.compose.source.Span;
import tenon.compose.syntax.Document;

/** A document with its meaning. */
public final class Composition {
    private final Document document;
    private final CompositionGraph graph;
    private final Map<Node, Span> spans;

    Composition(Document document, CompositionGraph graph, Map<Node, Span> spans) {
        this.document = document;
        this.graph = graph;
        this.spans = Map.copyOf(spans);
    }

    /**
     * Resolves a document.
     *
     * @throws CompositionException with the place of what is wrong
     */
    public static Composition of(Document document, Packages packages) {
        return Resolver.resolve(document, packages);
    }

    /** What the document says. */
    public CompositionGraph graph() {
        return graph;
    }

    /**
     * The binary of the composition; it is not validated.
     *
     * @param version of the tool that is noted as the one that made it; empty if none shall be noted
     * @throws CompositionException with the places of instantiations that ask for imports which cannot be one
     */
    public byte[] encode(Dependencies dependencies, Optional<String> version) {
        try {
            return GraphEncoder.encode(graph, dependencies, version);
        } catch (ConflictException conflict) {
            boolean explicit = conflict.first().kind() instanceof Node.Import;
            Span first = span(conflict.first());
            Span second = span(conflict.second());
            String fact = conflict.summary();
            throw (explicit ? first : second)
                    .error(fact)
                    .because(conflict.reasons())
                    .note((explicit ? second : first).place(), "it is asked for here, too");
        }
    }

    private Span span(Node node) {
        return spans.getOrDefault(node, document.name().span());
    }
}
