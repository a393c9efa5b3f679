(func (block $a) (br $a))
