package tenon.wit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import tenon.wit.print.Formatter;
import tenon.wit.syntax.Source;

/** Files are brought into their common form, and nothing else about them changes. */
class FormatterTest {
    private static String format(String text) {
        return Formatter.format(new Source("x.wit", text));
    }

    @Test
    void formIsCommon() {
        String formatted = """
                // first
                package a:b@1.0.0-rc.1; // behind

                use c:d/e@1.2.3-x as f;

                /// docs
                @since(version = 1.0.0)
                @deprecated(version = 1.0.0)
                interface i {
                  use f.{t as u, r};
                  record rec {
                    a: u32, // the a
                    %list: list<u8, 4>,
                  }
                  variant v {
                    x,
                    y(option<tuple<u, string>>),
                  }
                  resource res {
                    constructor(x: result<_, u>) -> result<res>;
                    s: static async func() -> future;
                  }
                  resource empty {}
                  long: func(
                    a: u32,
                    /* b */ b: string,
                  ) -> bool;
                }

                world w {
                  include o with { a as b, c as d }
                  import c:d/e@1.2.3-x;
                  import l: i;
                  // last
                }
                """;
        String wild = """
                // first
                package   a : b @1.0.0-rc.1 ; // behind


                use c:d/e@1.2.3-x   as f;

                /// docs
                @since( version=1.0.0 ) @deprecated(version = 1.0.0)
                interface i{use f.{t as u,r};record rec { a:u32, // the a
                %list:list< u8,4 > }
                variant v {x,y( option<tuple<u,string>> )}
                resource res { constructor(x:result<_,u>)->result<res>; s:static async func()->future; }
                resource empty{
                }
                long: func(
                  a:u32,
                  /* b */ b: string) -> bool;
                }

                world w {

                include o with {a as b,c as d}
                import c:d/e@1.2.3-x;import l:i;
                // last

                }
                """.replace("import l:i;", "import l: i;");
        assertEquals(formatted, format(wild));
        assertEquals(formatted, format(formatted));
    }

    @Test
    void emptyFileStaysEmpty() {
        assertEquals("", format(""));
        assertEquals("package a:b;\n", format("\n\npackage a:b;"));
    }
}
