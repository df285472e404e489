"""From upload to undo through the pages: what is shown, what is kept, what is written."""

from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongjia.core.models import AuditEntry, Job
from gongjia.importer.models import ImportProfile, ImportSession
from gongjia.ledger.models import Asset, Entry
from tests import people
from tests.importer.working import work

pytestmark = pytest.mark.django_db
HEAD = "资产编号,资产名称,分类代码,使用单位,账面原值（万元）,购置日期,使用状况\n"
ROWS = "001,台式计算机,A02010105,YC-SW,0.5,2024-05-01,在用\n002,办公桌,,YC-SW,0.12,2024/13/1,在用\n003,打印机,,YC-SW,0.2,2023-01-01,坏了\n"


@pytest.fixture
def clerk(town: people.Town, client: Client) -> Client:
    client.force_login(town.clerk)
    return client


def upload(client: Client, text: str = HEAD + ROWS, name: str = "台账.csv", into: str = "ledger.asset") -> ImportSession:
    answer = client.post("/imports/", {"into": into, "file": SimpleUploadedFile(name, text.encode("gbk"))})
    assert answer.status_code == 302
    work()
    return ImportSession.objects.latest("pk")


def step(client: Client, session: ImportSession, verb: str, **data: str) -> str:
    client.post(f"/imports/{session.pk}/{verb}/", data)
    work()
    session.refresh_from_db()
    return client.get(f"/imports/{session.pk}/").content.decode()


def decisions(session: ImportSession) -> dict[str, str]:
    return {f"field-{ord(rule['columns'][0][1]) - 65}": rule["field"] for rule in session.plan["rules"] if not rule["optional"]}


def preview(client: Client, session: ImportSession) -> str:
    return step(client, session, "decide", **decisions(session), **{"unit-4": "万元"})


def test_upload_finds_the_columns_and_their_unit(clerk: Client) -> None:
    session = upload(clerk)
    assert session.state == "mapped"
    assert {rule["field"] for rule in session.plan["rules"]} >= {"number", "name", "category", "unit", "cost", "acquired_on", "status"}
    assert 'value="万元" selected' in clerk.get(f"/imports/{session.pk}/").content.decode()


def test_preview_counts_add_up_and_write_nothing(clerk: Client) -> None:
    session = upload(clerk)
    page = preview(clerk, session)
    counts = session.counts
    assert (counts["rows_read"], counts["new"], counts["refused"]) == (3, 1, 2)
    assert "月份不存在" in page and "没有“坏了”这一项" in page
    assert not Asset.objects.exists()


def test_cells_are_mended_and_values_translated_in_place(clerk: Client) -> None:
    session = upload(clerk)
    preview(clerk, session)
    step(clerk, session, "mend", **{"cell-1:5": "2024-12-01", "was-1:5": "2024/13/1", "value-status:坏了": "to_dispose"})
    assert (session.counts["new"], session.counts["refused"]) == (3, 0)


def test_commit_writes_cards_with_entries_and_audit_and_gives_the_bad_rows_back(clerk: Client) -> None:
    session = upload(clerk)
    preview(clerk, session)
    page = step(clerk, session, "commit")
    card = Asset.objects.get()
    assert (str(card.cost), card.number, card.status) == ("5000.00", "001", "in_use")
    assert Entry.objects.filter(asset=card).count() == AuditEntry.objects.filter(subject="ledger.asset").count() == 1
    assert "新增 1 行" in page and "下载标注后的表格" in page


def test_the_marked_workbook_says_why_beside_each_row(clerk: Client, tmp_path: Path) -> None:
    session = upload(clerk)
    preview(clerk, session)
    step(clerk, session, "commit")
    path = tmp_path / "marked.xlsx"
    path.write_bytes(b"".join(clerk.get(f"/imports/{session.pk}/marked/").streaming_content))  # type: ignore[arg-type]
    rows = list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["资产编号", "002", "003"]
    assert "月份不存在" in rows[1][-1] and "坏了" in rows[2][-1]


def test_the_whole_batch_is_undone_while_nothing_was_built_on_it(clerk: Client) -> None:
    session = upload(clerk)
    preview(clerk, session)
    step(clerk, session, "commit")
    assert "已整批撤销" in step(clerk, session, "undo")
    assert not Asset.objects.live().exists() and session.state == "undone"


def test_a_batch_that_was_built_upon_stays_and_says_why(clerk: Client) -> None:
    session = upload(clerk)
    preview(clerk, session)
    step(clerk, session, "commit")
    clerk.post(f"/ledger/asset/{Asset.objects.get().pk}/edit/", {"name": "台式机", "_version": "1"})
    page = step(clerk, session, "undo")
    assert session.state == "done" and "不能整批撤销" in page
    assert Asset.objects.live().exists()


def test_the_pages_and_their_jobs_speak_english_to_an_english_reader(clerk: Client) -> None:
    clerk.cookies["django_language"] = "en"
    session = upload(clerk)
    page = preview(clerk, session)
    assert "a month that does not exist" in page and "No such month" in page
    assert "月份不存在" not in page


def test_a_second_import_of_the_same_file_changes_nothing(clerk: Client) -> None:
    for _ in range(2):
        session = upload(clerk)
        preview(clerk, session)
        step(clerk, session, "commit")
    assert (session.counts["new"], session.counts["unchanged"], session.counts["refused"]) == (0, 1, 2)


def test_a_kept_profile_fits_the_next_file(clerk: Client) -> None:
    session = upload(clerk)
    step(clerk, session, "decide", **decisions(session), **{"unit-4": "万元", "keep": "清查表"})
    kept = ImportProfile.objects.get()
    again = upload(clerk)
    step(clerk, again, "look", sheet=again.sheet, profile=f"kept:{kept.pk}")
    assert {rule["field"] for rule in again.plan["rules"]} == {rule["field"] for rule in session.plan["rules"]}
    assert again.plan["rules"][0]["why"] == "profile"


def test_the_header_row_can_be_corrected(clerk: Client) -> None:
    session = upload(clerk, "甲,乙\n资产编号,资产名称\n001,桌\n")
    step(clerk, session, "look", sheet=session.sheet, header="1", depth="1")
    assert (session.header, session.shape["rows"]) == (1, 1)


@pytest.mark.parametrize(
    ("text", "into"),
    [
        (HEAD + ROWS, "ledger.asset"),
        ("楼栋编号,楼栋名称,建筑面积(㎡),坐落\nB1,一号楼,1000,人民路 1 号\n", "offices.building"),
        ("工号,姓名,单位,职务\nP9,张三,YC-SW,科员\n", "org.person"),
        ("资产编号,车牌号,车辆名称,排量,车架号\nC1,皖A00001,轿车,1.6,L1\n", "vehicles.vehicle"),
    ],
)
def test_the_columns_say_which_ledger_a_file_is_for(clerk: Client, text: str, into: str) -> None:
    assert upload(clerk, text, into="").into == into


def test_a_file_that_fits_no_ledger_says_so(clerk: Client) -> None:
    session = upload(clerk, "甲,乙\n1,2\n", into="")
    assert session.state == "unreadable" and "看不出这些列属于哪本台账：甲、乙" in session.trouble
    assert clerk.get(f"/imports/{session.pk}/").status_code == 200


def test_an_unreadable_file_says_why_and_what_to_do(clerk: Client) -> None:
    session = upload(clerk, "%PDF-1.7", "a.xlsx")
    page = clerk.get(f"/imports/{session.pk}/").content.decode()
    assert session.state == "unreadable" and "PDF 文档" in page and "重新上传" in page


def test_strangers_and_others_see_nothing(clerk: Client, town: people.Town) -> None:
    session = upload(clerk)
    other = Client()
    assert other.get("/imports/").status_code == 302
    other.force_login(town.inspector)
    assert other.get("/imports/").status_code == 403
    other.force_login(people.user("other", "asset_clerk", town.archive))
    assert other.get(f"/imports/{session.pk}/").status_code == 404


def test_rows_of_a_foreign_unit_are_refused(clerk: Client) -> None:
    session = upload(clerk, HEAD + "001,桌,,YC-DA,1,2024-05-01,在用\n")
    preview(clerk, session)
    assert (session.counts["new"], session.counts["refused"]) == (0, 1)


def test_a_commit_that_was_killed_says_so_and_can_be_repeated(clerk: Client) -> None:
    session = upload(clerk)
    preview(clerk, session)
    clerk.post(f"/imports/{session.pk}/commit/")
    Job.objects.filter(state="waiting").update(state="lost", message="程序中断；这一批没有写入任何记录，可以重新提交。")
    page = clerk.get(f"/imports/{session.pk}/").content.decode()
    assert "没有写入任何记录" in page and 'data-testid="commit"' in page
