"""The office space allocation problem of the literature, read, scored and solved; values only, no Django."""
