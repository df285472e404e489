"""Official vehicles: the register, and the authorised quota by unit and category."""
