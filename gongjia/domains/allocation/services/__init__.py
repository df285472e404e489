"""Changing room plans, and moving people by request."""

from gongjia.domains.allocation.services.planning import accept_plans, mark_people, record_plans, run_plan
from gongjia.domains.allocation.services.relocating import relocate_people

__all__ = ["accept_plans", "mark_people", "record_plans", "relocate_people", "run_plan"]
