"""Changing how office space is used."""

from gongjia.domains.usage.services import certifying, filing, handing_back, inspecting, overages, publishing

__all__ = ["certifying", "filing", "handing_back", "inspecting", "overages", "publishing"]
