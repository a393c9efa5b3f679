package tenon.wit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import tenon.wit.resolve.Features;
import tenon.wit.resolve.WitReader;
import tenon.wit.syntax.Source;

/** Errors say what would mend them. */
class HintsTest {
    private static List<Diagnostic> problems(String text) {
        return assertThrows(WitException.class, () -> WitReader.parse(new Source("x.wit", text), Features.NONE))
                .diagnostics();
    }

    private static void assertHint(String hint, String text) {
        List<Diagnostic> problems = problems(text);
        assertEquals(1, problems.size(), problems.toString());
        assertEquals(
                hint, problems.getFirst().hint().orElse(""), problems.getFirst().render());
    }

    private static String inInterface(String item) {
        return "package a:b;\ninterface i {\n  " + item + "\n}\n";
    }

    @Test
    void enumWithPayloadShouldBeVariant() {
        assertHint("use `variant e` instead of `enum e`", inInterface("enum e { a, b(u32) }"));
        assertHint("use `variant f` instead of `flags f`", inInterface("flags f { a(string) }"));
    }

    @Test
    void wordsOfOlderAndOtherLanguagesAreKnown() {
        assertHint("WIT has `f32` for it", inInterface("f: func(a: float32);"));
        assertHint("WIT has `f64` for it", inInterface("type t = float64;"));
        assertHint("WIT has `s32` for it", inInterface("f: func() -> i32;"));
        assertHint("WIT has `list<…>` for it", inInterface("f: func() -> vec<u8>;"));
        assertHint("WIT has `record` for `struct`", inInterface("struct s { a: u32 }"));
    }

    @Test
    void missingTypeIsFoundElsewhere() {
        assertHint(
                "define it here, as in `variant error { … }`, or take it from another interface: `use an-interface.{error};`",
                inInterface("f: func() -> result<string, error>;"));
        assertHint(
                "`use types.{error};` takes it from that interface",
                inInterface("f: func() -> result<string, error>;") + "interface types { variant error { oops } }");
        assertHint("`reqest` does", inInterface("record reqest { a: u32 } f: func(r: request);"));
    }

    @Test
    void renamedAndMisspelledInterfacesAreFound() {
        assertHint(
                "`wasi:config/runtime` is called `wasi:config/store` today; its package belongs into `deps`",
                "package a:b; world w { import wasi:config/runtime; }");
        assertHint(
                "it is called `wasi:config/store` today",
                "package a:b; world w { import wasi:config/runtime; } package wasi:config { interface store {} }");
        assertHint(
                "`wasi:io/poll` is there",
                "package a:b; world w { import wasi:io/pol; } package wasi:io { interface poll {} }");
        assertHint("`types` does", "package a:b; world w { import typs; } interface types {}");
    }

    @Test
    void formIsMended() {
        assertHint("`get-user` is", inInterface("getUser: func();"));
        assertHint("`user-name` is", inInterface("record r { user_name: string }"));
        assertHint("`;` is missing at the end of line 3", inInterface("type t = u32\n  f: func();"));
        assertHint("write `%option` to use the keyword as a name", inInterface("option: func();"));
        assertHint("write `%type` to use the keyword as a name", inInterface("type: func();"));
        assertHint("`;` is missing at the end of line 1", "package a:b\ninterface i {}\n");
        assertHint("a function is written `f: func(…)`", inInterface("f(a: u32) -> u32;"));
        assertHint("what stands in these brackets is parted by `,`", inInterface("record r { a: u32; b: u32 }"));
        assertHint("a constructor has no name: `constructor(…)`", inInterface("resource r { new: constructor(); }"));
        assertHint("a list is written `list<…>`", inInterface("f: func() -> string[];"));
        assertHint("a handle that is lent is written `borrow<…>`", inInterface("f: func(a: &r);"));
        assertHint(
                "a method's own resource is not written: it has no parameter for it",
                inInterface("resource r { f: func(self, a: u8); }"));
        assertHint(
                "a function that gives back nothing has no `->`, and a `result` without a value has `_` for it",
                inInterface("f: func() -> void;"));
        assertHint(
                "put a type between `<` and `>`, or leave both away where none is needed",
                inInterface("f: func() -> future<>;"));
    }

    @Test
    void shortNamesAreNotTakenForEachOther() {
        assertEquals(
                "define it here, as in `variant r { … }`, or take it from another interface: `use an-interface.{r};`",
                problems(inInterface("record q { a: u32 } f: func(a: r);"))
                        .getFirst()
                        .hint()
                        .orElse(""));
    }

    @Test
    void allProblemsAreToldInOrder() {
        List<Diagnostic> problems = problems("""
                package a:b;
                interface i {
                  type t = float32;
                  record r { a: u32
                  g: func();
                }
                interface j {
                  enum e { a(u32) }
                  f: func(a: nothing, b: gone);
                }
                """);
        assertEquals(List.of(5, 8), problems.stream().map(HintsTest::line).toList());
        problems = problems("""
                package a:b;
                interface i {
                  f: func(a: float32);
                  type t = gone;
                }
                interface j {
                  f: func(a: nothing);
                  g: func(b: gone);
                }
                world w {
                  import missing;
                }
                """);
        assertEquals(
                List.of(3, 4, 7, 8, 11), problems.stream().map(HintsTest::line).toList());
        problems = problems("package a:b;\nworld w {\n  import c:d/e;\n  import f: func(a: gone);\n}\n");
        assertEquals(List.of(3, 4), problems.stream().map(HintsTest::line).toList());
    }

    private static int line(Diagnostic problem) {
        return ((tenon.types.Place.TextPosition) problem.place()).line();
    }

    @Test
    void problemIsShownWithItsLine() {
        assertEquals("""
                x.wit:3:12: type `float32` does not exist
                  type t = float32;
                           ^
                hint: WIT has `f32` for it""", problems(inInterface("type t = float32;")).getFirst().render());
    }

    @Test
    void functionsOfOtherLanguagesAreUnderstood() {
        String result = "a result stands behind `->`: `name: func() -> u32;`";
        assertHint(result, inInterface("f: func(): u32;"));
        assertHint(result, inInterface("f: func() => u32;"));
        assertHint(result, inInterface("f: func() u32;"));
        assertHint("`;` is missing in front of `g`", inInterface("f: func() g: func();"));
        assertHint("a function is written `name: func()`", inInterface("func f(a: u32) -> u32;"));
        assertHint("`async` stands in front of `func`: `name: async func()`", inInterface("async f: func();"));
        assertHint("`async` stands in front of `func`: `name: async func()`", inInterface("f: func async();"));
        assertHint(
                "`static` stands behind the name: `name: static func()`",
                inInterface("resource r { static f: func(); }"));
        assertHint(
                "`static` stands in front of `func`: `name: static func()`",
                inInterface("resource r { f: func static(); }"));
        assertHint(
                "a constructor is written `constructor(…);`", inInterface("resource r { constructor: func(a: u32); }"));
        assertHint("what it makes is given back unwritten", inInterface("resource r { constructor(a: u32) -> r; }"));
        assertHint("a parameter has a name: `name: u32`", inInterface("f: func(u32);"));
        assertHint("a parameter has a name: `name: string`", inInterface("f: func(string a);"));
        assertHint("parameters stand in `(` and `)`", inInterface("f: func[a: u32];"));
        assertHint("a `:` stands in front of `func`: `import f: func()`", "package a:b; world w { import f func(); }");
    }

    @Test
    void theFirstOfTwoIsShown() {
        assertHint("the first is at x.wit:2:11", "package a:b;\ninterface i {}\ninterface i {}\n");
        assertHint("the first is at x.wit:3:8", inInterface("type t = u32;\n  enum t { a }"));
    }

    @Test
    void gatesStandInFront() {
        String gates = "`@since`, `@unstable` and `@deprecated` stand in front of all that they are about";
        assertHint(gates, inInterface("f: func() @since(version = 1.0.0);"));
        assertHint(gates, inInterface("f: @since(version = 1.0.0) func();"));
        assertHint(
                "a version stands without quotes: `version = 1.0.0`",
                inInterface("@since(version = \"1.0.0\")\n  f: func();"));
        assertHint(
                "there are `@since`, `@unstable`, `@deprecated` and `@external-id`",
                inInterface("@experimental\n  f: func();"));
    }

    @Test
    void bracketsAreMended() {
        assertHint("`{` of line 2 is not closed", "package a:b;\ninterface i {\n  f: func();\n");
        assertHint(
                "`f` is a function: a `}` is missing in front of it", inInterface("record r { a: u32,\n  f: func();"));
        assertHint("no `=` stands in front of `{`", inInterface("record r = { a: u32 };"));
        assertHint("what is inside stands behind it: `list<…>`", inInterface("f: func() -> list;"));
        assertHint("a second type belongs here, behind a `,`", inInterface("f: func() -> map<string>;"));
        assertHint("a type is named by `=`: `type t = …;`", inInterface("type t: u32;"));
        assertHint(
                "what `use` takes stands in `{` and `}`: `{t}`",
                inInterface("use j.t;") + "interface j { type t = u32; }");
        assertHint("each type is named, there is no word for all", inInterface("use j.{*};") + "interface j {}");
        assertHint("it has `tt`", inInterface("use j.{t};") + "interface j { type tt = u32; }");
        assertHint(
                "put what both need of each other into one that neither is",
                inInterface("use j.{t};\n type s = u32;") + "interface j { use i.{s}; type t = s; }");
    }

    @Test
    void packagesAreNamedAtTheStart() {
        assertHint("a package is called by two names: `package example:b;`", "package b;\ninterface i {}");
        assertHint("a package is called by two names: `package a:b;`", "package a.b;\ninterface i {}");
        assertHint("the line that names the package is the first of its file", "interface i {}\npackage a:b@1.0.0;\n");
        assertHint("a version begins with its number", "package a:b@v1.0.0;\ninterface i {}");
    }

    @Test
    void namesOfTypesAreNotTakenForTypesInTheWrongCase() {
        assertHint("WIT has `list` for it", inInterface("f: func(a: Vec<u8>);"));
        assertHint("WIT has `string` for it", inInterface("f: func(a: String);"));
        assertHint("WIT has `map` for it", inInterface("f: func(a: HashMap<string, u32>);"));
        assertHint("names have the letters a to z, digits and `-`", inInterface("größe: func();"));
        assertHint("a comment begins with `//`", "package a:b;\n# note\ninterface i {}");
    }
}
