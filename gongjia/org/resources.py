"""What may be read of the organisation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.resource import Column, Resource, resource
from gongjia.org.models import Person, Place, Unit, User

UNITS = resource(
    Resource(
        key="org.unit",
        model=Unit,
        label=_("单位"),
        title="name",
        scope="pk",
        search=("code", "name"),
        lookup=("code", "name"),
        order="path",
        columns=(
            Column("code", sort=True),
            Column("name", sort=True, link="org.unit"),
            Column("parent", path="parent__name"),
            Column("kind", filter=True),
            Column("nature", filter=True),
            Column("tier", filter=True),
            Column("division", filter=True),
            Column("vertical", filter=True, shown=False),
            Column("superior_tier", shown=False),
            Column("secret", filter=True, shown=False),
            Column("credit_code", shown=False),
        ),
    )
)

PEOPLE = resource(
    Resource(
        key="org.person",
        model=Person,
        label=_("人员"),
        title="name",
        scope="unit",
        search=("staff_code", "name", "title"),
        lookup=("staff_code",),
        natural_key=("staff_code",),
        create="org.register_person",
        edit="org.edit_person",
        columns=(
            Column("staff_code", sort=True),
            Column("name", sort=True, link="org.person"),
            Column("unit", path="unit__name", filter=False),
            Column("title"),
            Column("status", filter=True),
            Column("left_on", sort=True, filter=True, shown=False),
            Column("email", shown=False, sensitive=True),
        ),
    )
)

PLACES = resource(
    Resource(
        key="org.place",
        model=Place,
        label=_("地点"),
        title="name",
        scope="unit",
        search=("code", "name"),
        lookup=("code", "name"),
        columns=(
            Column("code", sort=True),
            Column("name", sort=True, link="org.place"),
            Column("kind", filter=True),
            Column("parent", path="parent__name"),
            Column("unit", path="unit__name"),
            Column("holding", filter=True),
            Column("use", filter=True),
            Column("usable_area", sort=True),
            Column("floor_area", sort=True),
        ),
    )
)

USERS = resource(
    Resource(
        key="org.user",
        model=User,
        label=_("用户"),
        title="name",
        view_permission="org.manage_users",
        lookup=("username",),
        group="system",
        columns=(Column("username", sort=True), Column("name"), Column("is_active", filter=True, label=_("可登录")), Column("last_login", label=_("最近登录"))),
    )
)
