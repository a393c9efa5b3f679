(module
  (func (nop)
