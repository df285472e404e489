"""Changing office space."""

from gongjia.domains.offices.services import leases, occupying, places

__all__ = ["leases", "occupying", "places"]
