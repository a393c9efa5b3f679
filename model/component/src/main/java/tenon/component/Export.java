package tenon.component;

import java.util.Optional;

/** An export: adds an entry to the index space of {@code item}'s sort; {@code ascription} is the type it is shown with. */
public record Export(ExternalName name, SortIndex item, Optional<ExternDescription> ascription, long offset)
        implements Definition {}
