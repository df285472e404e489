"""A town with a manager of its space, owned buildings and leases: the short way to a lease that ends."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from gongjia.core.action import actions, context_for
from gongjia.core.gate import Case
from gongjia.domains.offices.models import Lease
from gongjia.org.models import Place, User
from tests import people

TODAY = dt.date.today()
REQUEST = "SQ-LEASE"


class Estate:
    """The town with a manager named over it and a keeper who may do everything there."""

    def __init__(self) -> None:
        self.town = people.build()
        self.bureau = people.unit("YC-JG", "市机关事务管理局", self.town.city)
        self.keeper = people.user("keeper", "space_manager", self.town.city)
        do("leasing.name_manager", self.keeper, {"over": self.town.city.pk, "manager": self.bureau.pk})

    def building(self, code: str, usable: str | None = "900", **more: Any) -> int:
        given = {"code": code, "name": f"{code} 号楼", "unit": self.bureau.pk, "usable_area": usable, "city": "云川市", **more}
        return do("offices.register_building", self.keeper, given)[0]

    def room(self, building: int, code: str, area: str = "20", **more: Any) -> int:
        given = {"code": code, "name": code, "unit": self.bureau.pk, "building": building, "usable_area": area, **more}
        return do("offices.register_room", self.keeper, given)[0]

    def lease(self, number: str = "Z-1", days: int = 90, **more: Any) -> Lease:
        given = {"number": number, "unit": self.town.water.pk, "name": "临街业务用房", "city": "云川市", "usable_area": "60"}
        span = {"starts_on": TODAY - dt.timedelta(days=1000), "ends_on": TODAY + dt.timedelta(days=days), "annual_rent": "36500"}
        return Lease.objects.get(pk=do("offices.register_lease", self.keeper, {**given, **span, **more})[0])

    def renewal(self, lease: Lease, *answers: dict[str, Any], **more: Any) -> Case:
        """Return the case of a renewal for a year."""
        assert lease.ends_on is not None
        start = lease.ends_on + dt.timedelta(days=1)
        raw = {
            "id": lease.pk,
            "starts_on": start,
            "ends_on": start.replace(year=start.year + 1),
            "annual_rent": "38000",
            "reason": "窗口还在用",
        }
        context = context_for(self.keeper, "request", request_key=REQUEST)
        prepared = actions["leasing.renew_lease"].prepare(context, [{**raw, **more}])
        assert not prepared.refused, prepared.problems
        return Case(actions["leasing.renew_lease"], context, prepared.rows, {"leasing.own_first": list(answers)})


def do(key: str, user: User, *raws: dict[str, Any], **more: Any) -> list[int]:
    """Run an action, under a request where it needs one."""
    request = REQUEST if actions[key].by_request else ""
    return actions[key].run_many(user, list(raws), **{"request_key": request, **more}).ids


def area(text: str) -> Decimal:
    return Decimal(text)


def place(pk: int) -> Place:
    return Place.objects.get(pk=pk)
