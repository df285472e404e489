"""Changing leasing: leases taken in, space let out, provision in its order, idle space, titles, managers."""

from gongjia.core.permissions import grant_to
from gongjia.domains.leasing.services import disposing, letting, naming, providing, renting, titling

__all__ = ["disposing", "letting", "naming", "providing", "renting", "titling"]

for role in ("asset_clerk", "space_manager"):
    grant_to(role, "leasing.*")
