"""The shop window: looking, one item, its pictures, favourites, the camera."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjia.core import files
from gongjia.core.access import access
from gongjia.core.action import actions
from gongjia.core.asking import way
from gongjia.core.models import Attachment
from gongjia.core.problems import Forbidden
from gongjia.domains.warehouse.cards import PICTURES, cards_of, photos_of
from gongjia.domains.warehouse.choices import Grade, Storage, Terms
from gongjia.domains.warehouse.favouring import mark_seen, toggle
from gongjia.domains.warehouse.looking import DEEPEST, SORTS, Asked, look, read
from gongjia.domains.warehouse.models import StockItem, WishMatch
from gongjia.domains.warehouse.nearness import Standpoint, of_user
from gongjia.domains.warehouse.resources import ITEMS, OFFERS, WISHES
from gongjia.domains.warehouse.windows import home_of
from gongjia.ledger.models import Category
from gongjia.web.addresses import action_url, row_url
from gongjia.web.views.entry import signed_in
from gongjia.web.views.sign_in import safe_next

KINDS = ("A0201", "A0202", "A0203", "A0206", "A0208", "A0501")
"""Groups of classes that the window offers as chips."""


def _open(request: HttpRequest) -> None:
    """Raise Forbidden for those who may not look into the window."""
    if not access(request.user).can(OFFERS.view_permission):
        raise Forbidden(OFFERS.view_permission)


def _point(request: HttpRequest) -> Standpoint:
    return of_user(request.user, home_of(request.user))


@require_GET
@signed_in
def window(request: HttpRequest) -> HttpResponse:
    """The window; only its cards when a filter or the search asks."""
    _open(request)
    asked, point = read(request.GET), _point(request)
    found = look(request.user, asked, point)
    page = {
        "cards": cards_of(request.user, found.items, point),
        "count": found.count,
        "capped": found.capped,
        "chips": _chips(asked),
        "asked": asked,
        "sorts": [(_sort_words(sort), _url(asked, sort=sort), asked.sort == sort) for sort in SORTS],
        "next": _url(asked, page=asked.page + 1) if found.more and asked.page < DEEPEST else "",
        "home": home_of(request.user),
    }
    partial = request.headers.get("HX-Target") == "goods"
    return render(request, "warehouse/goods.html" if partial else "warehouse/window.html", {"page": page, "title": _("公物仓橱窗")})


def _sort_words(sort: str) -> str:
    return {"near": _("由近到远"), "new": _("最新发布"), "best": _("成色最好"), "longest": _("还能用得最久")}[sort]


def _url(asked: Asked, **changes: Any) -> str:
    """Return the window's address with some filters changed; an empty value takes one away."""
    words: dict[str, Any] = {**asked.words, **changes}
    query = urlencode({name: value for name, value in words.items() if value not in ("", 0, None, "near")})
    return f"{reverse('warehouse:window')}?{query}" if query else reverse("warehouse:window")


def _chips(asked: Asked) -> list[list[tuple[str, str, bool]]]:
    """Return the filters as groups of chips: words, the address that turns them on or off, whether they are on."""
    names = {row["code"]: row["name"] for row in Category.objects.filter(code__in=[f"{kind}0000" for kind in KINDS]).values("code", "name")}
    kinds = [(names.get(f"{kind}0000", ""), "kind", kind, asked.kind == kind) for kind in KINDS]
    grades = [
        (_("%(grade)s以上") % {"grade": grade.label}, "grade", grade.value, asked.grade == grade) for grade in (Grade.GOOD, Grade.FAIR)
    ]
    lives = [(_("还能用 %(n)s 年以上") % {"n": years}, "months", years * 12, asked.months == years * 12) for years in (1, 3)]
    ways = [(str(terms.label), "terms", terms.value, asked.terms == terms) for terms in (Terms.LEND, Terms.KEEP)]
    stores = [(str(_("在实体仓")), "storage", Storage.PHYSICAL.value, asked.storage == Storage.PHYSICAL)]
    flags = [(_("应急物资"), "emergency", "1", asked.emergency), (_("我的收藏"), "starred", "1", asked.starred)]
    groups: list[list[tuple[Any, str, Any, bool]]] = [kinds, grades + lives, ways + stores, flags]
    return [[(str(words), _url(asked, **{name: "" if on else value}), on) for words, name, value, on in group if words] for group in groups]


@require_GET
@signed_in
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """One published item, with what may be done about it."""
    _open(request)
    item = OFFERS.get(request.user, pk)
    item = StockItem.objects.select_related("asset__unit", "asset__category", "asset__place", "building", "occasion").get(pk=item.pk)
    home, rights = home_of(request.user), access(request.user)
    acts = [
        (actions[key].label, f"{action_url(OFFERS, actions[key], pk)}?{urlencode({'unit': home.code if home else ''})}", key)
        for key, barred in (("warehouse.reallocate_item", Terms.LEND), ("warehouse.lend_item", Terms.KEEP))
        if item.terms != barred and way(rights, actions[key], home.pk if home else None)
    ]
    own = ITEMS.queryset(request.user).filter(pk=pk).exists()
    page = {
        "card": cards_of(request.user, [item], _point(request))[0],
        "photos": photos_of([pk]).get(pk, []),
        "acts": acts,
        "own_url": row_url(ITEMS.key, pk) if own else "",
        "wants": item.wish_matches.filter(wish__state="open").count(),
    }
    return render(request, "warehouse/offer.html", {"page": page, "title": item.title})


@require_GET
@signed_in
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """A picture of an item, to whoever may see the item in the window or in its ledger."""
    found = Attachment.objects.select_related("file").filter(pk=pk, subject=ITEMS.key, file__content_type__in=PICTURES).first()
    if found is None:
        raise Http404
    shown = OFFERS.queryset(request.user).filter(pk=found.subject_id) | ITEMS.queryset(request.user).filter(pk=found.subject_id)
    if not shown.exists():
        raise Http404
    answer = FileResponse(files.path_of(found.file).open("rb"), content_type=found.file.content_type)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer


@require_POST
@signed_in
def star(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep an eye on an item, or no longer."""
    _open(request)
    OFFERS.get(request.user, pk)
    toggle(request.user, pk)
    return redirect(safe_next(request))


@require_GET
@signed_in
def scan(request: HttpRequest) -> HttpResponse:
    """Read the label of an item with the camera, or type its number: the item opens if it is in the window."""
    _open(request)
    code = request.GET.get("code", "").strip()[:200]
    found = _scanned(request, code) if code else None
    if found is not None:
        return redirect("warehouse:offer", found)
    return render(request, "warehouse/scan.html", {"code": code, "title": _("扫码看公物")})


def _scanned(request: HttpRequest, code: str) -> int | None:
    """Return the item that a label means: the address of its card, or its number."""
    last = code.rstrip("/").rsplit("/", 1)[-1]
    shown = OFFERS.queryset(request.user)
    if "/" in code and last.isdecimal() and len(last) < 18:
        return shown.filter(pk=int(last)).values_list("pk", flat=True).first()
    keys = list(shown.filter(asset__number=code).values_list("pk", flat=True)[:2])
    return keys[0] if len(keys) == 1 else None


@require_GET
@signed_in
def wishes(request: HttpRequest) -> HttpResponse:
    """What was found for the wishes that this person may see."""
    mine = WISHES.queryset(request.user)
    rows = WishMatch.objects.filter(wish__in=mine.filter(state="open"), item__state="published")
    rows = rows.select_related("wish", "item__asset__unit", "item__building").order_by("wish", "item__grade", "pk")
    point = _point(request)
    groups: dict[Any, list[Any]] = {}
    shown = list(rows[:200])
    for row in shown:
        groups.setdefault(row.wish, []).append(row.item)
    may = access(request.user).can("warehouse.make_wish")
    if may:  # who answers for the wishes has now looked; the desk need not say it again
        mark_seen(row.pk for row in shown)
    page = {
        "groups": [(wish, row_url(WISHES.key, wish.pk), cards_of(request.user, items, point)) for wish, items in groups.items()],
        "open": mine.filter(state="open").count(),
        "may": may,
    }
    return render(request, "warehouse/wishes.html", {"page": page, "title": _("需求匹配")})
