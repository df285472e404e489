"""Changing units by plan."""

from gongjia.domains.reform.services import carrying, planning, reversing

__all__ = ["carrying", "planning", "reversing"]
