;; Names of outer scopes become aliases, once for each scope; exports inside definitions come last and move no index.
(component $outer
  (type $point (export "point") (record (field "x" s32) (field "y" s32)))
  (core type $plain (module
    (import "a" "f" (func (param i32)))
    (export "g" (func (param i32)))
    (export "m" (memory 1 2))))
  (component $inner (export "inner")
    (type (list $point))
    (type (option $point))
    (core module (import "m") (type $plain))
    (type (component
      (alias outer $outer $point (type $p))
      (import "p" (type (eq $p)))
      (export "r" (type (sub resource))))))
  (type (variant (case "none") (case "some" (result (error string)))))
)
