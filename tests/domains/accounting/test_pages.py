"""The pages of the books: a month before and after it is posted, its cards, its workbook, and who may see them."""

from __future__ import annotations

import html
import io
import re

import pytest
from django.test import Client
from openpyxl import load_workbook

from gongjia.core.action import actions
from gongjia.core.models import Job
from gongjia.domains.accounting.models import FiledReport, Posting
from tests.domains.accounting.books import card, post
from tests.people import Town, user

pytestmark = pytest.mark.django_db
MONTH = "/accounting/depreciation/"


@pytest.fixture
def clerk(town: Town, client: Client) -> Client:
    card(town)
    client.force_login(town.clerk)
    return client


def test_a_preview_writes_nothing_and_says_what_is_due_and_why(clerk: Client) -> None:
    page = clerk.get(MONTH, {"month": "2026-10", "preview": "1"}).content.decode()
    assert 'data-testid="reasons"' in page and "100.00" in page
    assert 'data-testid="post"' in page
    assert not Posting.objects.exists()


def test_the_button_starts_a_job_of_that_month(clerk: Client, town: Town) -> None:
    answer = clerk.post(f"{MONTH}post/", {"month": "2026-10"})
    row = Job.objects.get(kind="accounting.post_depreciation")
    assert answer.headers["Location"] == f"/jobs/{row.pk}/"
    assert row.params == {"unit": town.water.pk, "month": "2026-10"}


def test_a_posted_month_shows_its_voucher_and_versions_without_a_preview(clerk: Client, town: Town) -> None:
    post(town, "2026-10")
    page = clerk.get(MONTH, {"month": "2026-10"}).content.decode()
    assert 'data-testid="versions"' in page and "1602" in page


def test_every_figure_leads_to_its_cards(clerk: Client, town: Town) -> None:
    post(town, "2026-10")
    page = clerk.get(f"{MONTH}cards/", {"month": "2026-10", "category": town.desktop.pk, "subject": "1601"}).content.decode()
    assert 'data-testid="charged"' in page and "台式机" in page


def test_the_workbook_has_the_voucher_by_class_and_by_unit(clerk: Client, town: Town) -> None:
    post(town, "2026-10")
    book = load_workbook(io.BytesIO(clerk.get(f"{MONTH}book/", {"month": "2026-10"}).content))
    assert [row[3].value for row in book.worksheets[0].iter_rows(min_row=2)] == [100, 100]
    assert len(book.worksheets) == 2


def test_a_posting_and_a_card_show_what_was_charged(clerk: Client, town: Town) -> None:
    post(town, "2026-10")
    made = Posting.objects.get()
    assert 'data-testid="voucher"' in clerk.get(f"/accounting/posting/{made.pk}/").content.decode()
    page = clerk.get(f"/ledger/asset/{card(town, 'B')}/").content.decode()
    assert 'data-testid="depreciation"' in page and "100.00" in page


def test_a_stranger_sees_no_books(town: Town, client: Client) -> None:
    client.force_login(town.stranger)
    assert {client.get(f"{MONTH}{rest}").status_code for rest in ("", "cards/", "book/")} == {403}
    assert client.post(f"{MONTH}post/", {"month": "2026-10"}).status_code == 403


def test_an_inspector_looks_but_does_not_post(town: Town, client: Client) -> None:
    card(town)
    client.force_login(town.inspector)
    assert 'data-testid="post"' not in client.get(MONTH, {"month": "2026-10", "preview": "1"}).content.decode()
    assert client.post(f"{MONTH}post/", {"month": "2026-10"}).status_code == 403


def test_a_day_is_shown_as_it_was_known_on_another(clerk: Client, town: Town) -> None:
    asked = {"on": "2026-02-01", "known": "2099-12-31"}
    page = clerk.get("/accounting/as-of/", asked).content.decode()
    assert 'data-testid="cards"' in page and "7,200.00" in page
    unknown = clerk.get("/accounting/as-of/", {**asked, "known": "2026-03-01"}).content.decode()
    assert 'data-testid="empty"' in unknown


def test_every_total_of_a_day_leads_to_its_cards(clerk: Client, town: Town) -> None:
    for by in ("unit", "category", "status"):
        page = clerk.get("/accounting/as-of/", {"on": "2026-02-01", "known": "2099-12-31", "by": by}).content.decode()
        assert "?on=2026-02-01&amp;known=2099-12-31" in page


def test_the_workbook_of_a_day_has_totals_and_cards(clerk: Client) -> None:
    content = clerk.get("/accounting/as-of/book/", {"on": "2026-02-01", "known": "2099-12-31"}).content
    totals, cards = load_workbook(io.BytesIO(content)).worksheets
    assert (totals["D2"].value, cards["G2"].value) == (7200, 7200)


ANNUAL = "/accounting/annual/"


@pytest.fixture
def filed(clerk: Client, town: Town) -> FiledReport:
    """A filed report of this year."""
    post(town, "2026-10")
    pk = actions["accounting.file_report"].run(town.clerk, {"unit": "YC-SW", "year": 2026, "note": "说明"})
    return FiledReport.objects.get(pk=pk)


def test_a_preview_of_a_year_shows_topics_and_checks_and_files_nothing(clerk: Client) -> None:
    page = clerk.get(ANNUAL, {"year": "2026", "preview": "1", "known": "2099-12-31"}).content.decode()
    assert 'data-testid="topic-overview"' in page and 'data-testid="file"' in page and "不符" not in page
    assert not FiledReport.objects.exists()


def test_the_button_files_as_a_job(clerk: Client, town: Town) -> None:
    clerk.post(f"{ANNUAL}file/", {"year": "2026", "known": "2026-11-24", "note": "n"})
    assert Job.objects.get(kind="accounting.file_report").params["unit"] == town.water.pk


def test_a_filed_report_shows_its_tables_and_says_that_it_computes_to_the_same(clerk: Client, filed: FiledReport, town: Town) -> None:
    assert 'data-testid="topic-stock"' in clerk.get(f"/accounting/filedreport/{filed.pk}/").content.decode()
    card(town, "LATER")
    assert "一字不差" in clerk.get(f"{ANNUAL}{filed.pk}/recompute/").content.decode()


def test_a_filed_report_goes_out_as_workbook_and_on_paper(clerk: Client, filed: FiledReport) -> None:
    book = load_workbook(io.BytesIO(clerk.get(f"{ANNUAL}{filed.pk}/book/").content))
    assert "总体情况" in book.sheetnames
    paper = b"".join(clerk.get(f"{ANNUAL}{filed.pk}/paper/"))
    assert paper.startswith(b"%PDF")


def test_every_figure_of_a_report_leads_to_its_cards(clerk: Client, filed: FiledReport) -> None:
    page = clerk.get(f"/accounting/filedreport/{filed.pk}/").content.decode()
    links = {html.unescape(link) for link in re.findall(r'href="(/accounting/annual/rows/[^"]+)"', page)}
    assert len(links) > 10
    assert all('data-testid="behind"' in clerk.get(link).content.decode() for link in sorted(links)[::5])


def test_a_foreign_report_and_its_cards_are_not_there(filed: FiledReport, town: Town, client: Client) -> None:
    client.force_login(user("neighbour", "asset_clerk", town.archive))
    rest = (f"{filed.pk}/book/", f"{filed.pk}/paper/", f"{filed.pk}/recompute/", f"rows/?unit={town.water.pk}&year=2026&topic=stock")
    assert {client.get(f"{ANNUAL}{part}").status_code for part in rest} == {404}
