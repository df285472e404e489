"""Changing who holds what."""

from gongjia.domains.custody.services import leaving, letting, moving, repairing

__all__ = ["leaving", "letting", "moving", "repairing"]
