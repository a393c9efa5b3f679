/** What tests share: golden files, and the folder of suites beside the checkout. Depends on nothing of ours. */
@org.jspecify.annotations.NullMarked
module tenon.testing {
    requires static transitive org.jspecify;

    exports tenon.testing;
}
