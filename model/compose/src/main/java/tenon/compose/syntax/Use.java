package tenon.compose.syntax;

import java.util.List;
import java.util.Optional;

/** Types of another interface that are used here. */
public record Use(List<Remark> remarks, Reference from, List<Item> items) {

    /** One type, and what it is called here if that is something else. */
    public record Item(Identifier name, Optional<Identifier> as) {

        /** What it is called here. */
        public Identifier local() {
            return as.orElse(name);
        }
    }
}
