(func (drop (i32.const 1__0)))
