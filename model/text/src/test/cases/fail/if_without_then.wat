(func (if (i32.const 0)))
