package tenon.text.core;

/** A module's index spaces. */
record Scope(
        TypeSpace types,
        IndexSpace functions,
        IndexSpace tables,
        IndexSpace memories,
        IndexSpace tags,
        IndexSpace globals,
        IndexSpace elements,
        IndexSpace data) {

    Scope() {
        this(
                new TypeSpace(),
                new IndexSpace("func"),
                new IndexSpace("table"),
                new IndexSpace("memory"),
                new IndexSpace("tag"),
                new IndexSpace("global"),
                new IndexSpace("elem segment"),
                new IndexSpace("data segment"));
    }
}
