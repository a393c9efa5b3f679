(export "f
  (func 0))
