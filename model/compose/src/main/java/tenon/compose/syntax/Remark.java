package tenon.compose.syntax;

import tenon.compose.source.Span;

/** A comment of documentation; {@code text} is what stands in it. */
public record Remark(String text, Span span) {}
