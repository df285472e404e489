"""What a page offers: an action as a link that does it, or that asks for it where it is done only by request."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from gongjia.core.access import Access
from gongjia.core.action import Action
from gongjia.core.asking import Way, way
from gongjia.core.resource import Resource
from gongjia.web.addresses import action_url
from gongjia.web.shapes import Link

ASKING = "申请"


def label_of(action: Action, how: Way) -> str:
    """Return what the button says: the action, or that it is asked for."""
    if how != "ask" or _says_so(action.label):
        return str(action.label)
    return _("申请%(act)s") % {"act": action.label}


def _says_so(label: Any) -> bool:
    with override("zh-hans"):
        return str(label).startswith(ASKING)


def offered(resource: Resource, action: Action | None, rights: Access, pk: int | None = None, unit_id: int | None = None) -> Link | None:
    """Return the link to an action's form, or None for a person who may neither do it nor ask for it."""
    how = way(rights, action, unit_id) if action is not None else ""
    if action is None or not how:
        return None
    return Link(label_of(action, how), action_url(resource, action, pk), key=action.key, kind=how)
