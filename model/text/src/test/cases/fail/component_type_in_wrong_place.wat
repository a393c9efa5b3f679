(component
  (type (record (field "x" i32))))
