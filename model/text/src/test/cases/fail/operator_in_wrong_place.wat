(func (nop) (param i32))
