"""What may be done in repairs; importing this package declares the actions."""

from gongjia.domains.maintenance.services import building, preventing, projects, registers, selecting, tickets

__all__ = ["building", "preventing", "projects", "registers", "selecting", "tickets"]
