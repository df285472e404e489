"""One module a kind of page; each view asks the core and hands a shape to a template."""
