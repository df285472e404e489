"""The HTML door: lists, details, forms and exports, drawn from declarations alone."""
