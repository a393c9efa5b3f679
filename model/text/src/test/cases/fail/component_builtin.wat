(component
  (core func (canon resource.make 0)))
