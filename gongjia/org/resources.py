"""What may be read of the organisation."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongjia.core.resource import Column, Resource, resource
from gongjia.org.models import AuthorisedPosts, Person, Place, Post, RoleGrant, Unit, User

UNITS = resource(
    Resource(
        key="org.unit",
        icon="sitemap",
        model=Unit,
        label=pgettext_lazy("名录", "单位"),
        title="name",
        scope="pk",
        search=("code", "name"),
        lookup=("code", "name"),
        natural_key=("code",),
        directory=Q(secret=False),
        order="path",
        create="org.register_unit",
        edit="org.edit_unit",
        actions=("org.move_unit", "org.set_authorised_posts"),
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
        icon="users",
        model=Person,
        label=_("人员"),
        title="name",
        scope="unit",
        search=("staff_code", "name", "title"),
        lookup=("staff_code",),
        natural_key=("staff_code",),
        create="org.register_person",
        edit="org.edit_person",
        actions=("org.appoint_person",),
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

POSTS = resource(
    Resource(
        key="org.post",
        icon="id-badge-2",
        model=Post,
        label=pgettext_lazy("名录", "任职"),
        title="title",
        scope="unit",
        lookup=(),
        live="superseded_at",
        create="org.appoint_person",
        actions=("org.end_post",),
        columns=(
            Column("person", path="person__name", label=_("人员")),
            Column("unit", path="unit__name", label=_("任职单位")),
            Column("title"),
            Column("level", filter=True),
            Column("rank"),
            Column("primary", filter=True),
            Column("valid_from", sort=True, filter=True),
            Column("valid_to", sort=True, filter=True),
        ),
    )
)

AUTHORISED_POSTS = resource(
    Resource(
        key="org.authorised_posts",
        icon="clipboard-list",
        model=AuthorisedPosts,
        label=_("编制"),
        title="pk",
        scope="unit",
        lookup=(),
        live="superseded_at",
        create="org.set_authorised_posts",
        columns=(
            Column("unit", path="unit__name", label=_("单位")),
            Column("level", filter=True),
            Column("count"),
            Column("document"),
            Column("valid_from", sort=True),
            Column("valid_to", sort=True),
        ),
    )
)

PLACES = resource(
    Resource(
        key="org.place",
        icon="map-pin",
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
        icon="user-circle",
        model=User,
        label=pgettext_lazy("名录", "用户"),
        title="name",
        view_permission="org.manage_users",
        lookup=("username",),
        directory=Q(is_active=True),
        group="system",
        columns=(
            Column("username", sort=True),
            Column("name"),
            Column("is_active", filter=True, label=_("可登录")),
            Column("last_login", label=_("最近登录")),
        ),
    )
)

GRANTS = resource(
    Resource(
        key="org.grant",
        icon="shield-check",
        model=RoleGrant,
        label=pgettext_lazy("名录", "授权"),
        title="role",
        scope="unit",
        view_permission="org.manage_users",
        lookup=(),
        group="system",
        create="org.grant_role",
        actions=("org.revoke_role",),
        columns=(
            Column("user", path="user__name", label=_("用户")),
            Column("role"),
            Column("unit", path="unit__name", label=_("单位")),
            Column("valid_from", sort=True),
            Column("valid_to", sort=True),
        ),
    )
)
