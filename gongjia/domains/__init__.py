"""The domains and their order: a domain may use the services of those above it, never of those below.

Settings and import-linter both read this list; adding a domain adds one line here.
"""

DOMAINS = (
    "offices",
    "vehicles",
    "costs",
    "acquisition",
    "custody",
    "disposal",
    "inventory",
    "accounting",
    "warehouse",
    "drawings",
    "usage",
    "leasing",
    "maintenance",
    "allocation",
    "reform",
)
