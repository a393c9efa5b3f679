(module (; never
  (func))
