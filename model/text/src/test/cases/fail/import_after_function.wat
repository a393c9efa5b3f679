(func)
(import "a" "b" (func))
