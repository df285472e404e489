"""The people who sign in to the demo, one for each role, and their one-time links."""

from __future__ import annotations

from typing import Any

from gongjia.api.services import issue
from gongjia.core.periods import today
from gongjia.demo.people import PersonPlan
from gongjia.demo.seeding import Keys, act, recording
from gongjia.demo.units import SINCE, read
from gongjia.org.access import roles
from gongjia.org.models import RoleGrant, User
from gongjia.web.services import issue_link

SEATS = (  # user name, role, unit over which it is held, unit in which the person works
    ("chief", "chief", "", "JG"),
    ("assets", "asset_clerk", "", "JG"),
    ("space", "space_manager", "", "JG"),
    ("fleet", "fleet_manager", "", "JG"),
    ("dispatcher", "dispatcher", "", "JG"),
    ("inspector", "inspector", "", "JG"),
    ("auditor", "auditor", "", "SJ"),
    ("system", "system_admin", "", "SJZ"),
    ("county", "asset_clerk", "SQ", "SQ-JG"),
    ("bureau", "asset_clerk", "YC-JG", "YC-JG"),
    ("requester", "requester", "YC-SL", "YC-SL"),
    ("head", "unit_head", "YC-SL", "YC-SL"),
    ("bureau_head", "unit_head", "YC-JG", "YC-JG"),
    ("county_head", "unit_head", "SQ", "SQ-JG"),
    ("office", "asset_office", "", "JG"),
    ("finance", "finance_office", "", "CZ"),
    ("audit", "audit_admin", "", "SJ"),
    ("repair", "repair_worker", "", "ZW"),
)
ALSO = (("chief", "unit_head", ""),)
"""Further roles of the people above: whose unit has no head of its own asks the leadership."""


def write_accounts(actor: User, people: list[PersonPlan], keys: Keys) -> None:
    """Make one account for each seat, standing for somebody who works there; nobody has a password. One program has a token."""
    root = read("city.yaml")["code"]
    taken: set[str] = set()
    rows: list[dict[str, Any]] = []
    made: list[User] = []
    for name, role, over, works in SEATS:
        home = works if over else f"{root}-{works}"
        leads = role == "chief"
        person = next(p for p in people if p.unit.code == home and p.status == "active" and p.leads == leads and p.code not in taken)
        taken.add(person.code)
        user = User(username=name, name=person.name, person_id=keys.people[person.code])
        user.set_unusable_password()
        user.save()
        made.append(user)
        rows.append({"user": user.pk, "role": role, "unit": keys.units[over or root], "valid_from": SINCE})
    users = {user.username: user.pk for user in made}
    rows += [{"user": users[name], "role": role, "unit": keys.units[over or root], "valid_from": SINCE} for name, role, over in ALSO]
    with recording(actor, "org.add_user") as context:
        for user in made:
            context.record("org.user", user.pk, None, None, {"username": user.username, "name": user.name})
    act(actor, "org.grant_role", rows)
    issue(made[1], "财务系统对账（演示）", actor, days=365)  # nobody is told its secret


def demo_links() -> list[tuple[str, str, str]]:
    """Return role, name and the path of a fresh one-time link for each demo account; works in the demo only."""
    day = today()
    grants = RoleGrant.objects.filter(user__username__in=[seat[0] for seat in SEATS], valid_from__lte=day, user__is_active=True)
    known = roles()
    return [
        (f"{known[grant.role]['label']}（{grant.unit.name}）", grant.user.name, issue_link(grant.user))
        for grant in grants.select_related("user", "unit").order_by("pk")
        if (grant.user.username, grant.role) in {seat[:2] for seat in SEATS}
    ]
