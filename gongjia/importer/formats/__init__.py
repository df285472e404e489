"""One module a family of file formats; each turns a path into sheets."""
