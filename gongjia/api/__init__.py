"""The JSON door: every resource and action of the house under /api/, described by OpenAPI."""
