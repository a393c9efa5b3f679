package tenon.script;

/** A reference that the script's host hands out: {@code (ref.extern 7)}. */
record HostReference(int number) {}
