"""Routes as BPMN 2.0: read, checked, run and kept as JSON. Knows no request and no table of the database."""
