"""Routes: shown with what they serve, checked before they go live, retired."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongjia.approvals.models import Route
from gongjia.approvals.shipping import FOLDER
from tests import people
from tests.approvals.working import Office
from tests.approvals_pages.conftest import Enter

pytestmark = [pytest.mark.django_db, pytest.mark.data]
SIMPLE = (FOLDER / "simple.bpmn").read_text(encoding="utf-8")


def upload(office: Office, enter: Enter, text: str, **more: str) -> str:
    typed = {
        "key": "own",
        "name": "自定流程",
        "actions": "ledger.register_asset",
        "file": SimpleUploadedFile("own.bpmn", text.encode()),
        **more,
    }
    return enter(office.assets).post("/approvals/routes/upload/", typed, follow=True).content.decode()


def test_the_list_says_what_each_route_serves_and_what_no_route_serves(office: Office, enter: Enter) -> None:
    page = enter(office.assets).get("/approvals/routes/").content.decode()
    assert "登记资产" in page and "第 1 版启用" in page


def test_one_route_shows_its_steps_and_who_signs(office: Office, enter: Enter) -> None:
    page = enter(office.assets).get(f"/approvals/route/{Route.objects.get(key='test-simple').pk}/").content.decode()
    assert "单位负责人" in page and "data-bpmn=" in page


def test_a_sound_file_is_checked_first_and_goes_live_on_a_second_word(office: Office, enter: Enter) -> None:
    assert 'data-testid="sound"' in upload(office, enter, SIMPLE)
    assert not Route.objects.filter(key="own").exists()
    upload(office, enter, SIMPLE, publish="1")
    assert Route.objects.get(key="own").versions.get().state == "live"


def test_a_file_with_a_dead_end_is_told_and_does_not_go_live(office: Office, enter: Enter) -> None:
    page = upload(office, enter, "<nothing/>", publish="1")
    assert 'data-testid="flaws"' in page and not Route.objects.filter(key="own").exists()


def test_a_retired_route_serves_no_new_request(office: Office, enter: Enter) -> None:
    route = Route.objects.get(key="test-simple")
    enter(office.assets).post(f"/approvals/route/{route.pk}/retire/")
    assert not route.versions.filter(state="live").exists()


def test_who_may_not_manage_routes_uploads_none(office: Office, enter: Enter) -> None:
    assert enter(office.head).get("/approvals/routes/upload/").status_code == 403
    assert enter(people.user("nobody")).get("/approvals/routes/").status_code == 403
