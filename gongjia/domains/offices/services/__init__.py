"""Changing office space."""

from gongjia.domains.offices.services import granting, leases, occupying, places, projects
from gongjia.domains.offices.services.leases import EditLease, RegisterLease, edit_leases, register_leases
from gongjia.domains.offices.services.occupying import AssignRoom, VacateRoom, assign_rooms, vacate_rooms
from gongjia.domains.offices.services.places import EditRoom, RegisterRoom, edit_rooms, register_rooms

__all__ = [
    "AssignRoom",
    "EditLease",
    "EditRoom",
    "RegisterLease",
    "RegisterRoom",
    "VacateRoom",
    "assign_rooms",
    "edit_leases",
    "edit_rooms",
    "granting",
    "leases",
    "occupying",
    "places",
    "projects",
    "register_leases",
    "register_rooms",
    "vacate_rooms",
]
