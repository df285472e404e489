"""`gongjia journal seal | export | verify`, and the verifier as an outsider runs it: a copied file and nothing else."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gongjia.core.models import AuditEntry
from gongjia.journal import verify
from gongjia.journal.models import Seal
from tests.cli.conftest import Ended, cli  # noqa: F401 - a fixture
from tests.journal.conftest import audited
from tests.journal.test_rows import sql
from tests.people import Town

pytestmark = pytest.mark.django_db
Cli = Callable[..., Ended]


@pytest.fixture
def exported(cli: Cli, sealed: list[Seal], tmp_path: Path) -> Path:  # noqa: F811
    assert cli("journal", "export", str(tmp_path / "journal.txt")).code == 0
    return tmp_path / "journal.txt"


def outsider(folder: Path, *arguments: str) -> Ended:
    """Run a copy of the verifier without any package."""
    shutil.copy(verify.__file__, folder / "verify.py")
    done = subprocess.run([sys.executable, "-I", "-S", str(folder / "verify.py"), *arguments], capture_output=True, cwd=folder)
    return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())


def test_sealing_prints_what_was_sealed_and_then_has_nothing_to_do(cli: Cli, town: Town):  # noqa: F811
    audited(5)
    first, again = cli("journal", "seal", "--json"), cli("journal", "seal")
    assert (first.code, first.json["seal"], first.json["entries"], first.json["hash"]) == (0, 1, 5, Seal.objects.get().hash)
    assert (again.code, Seal.objects.count()) == (0, 1)


def test_sealing_without_its_key_says_so_in_one_line(cli: Cli, sealed: list[Seal], key_folder: Path):  # noqa: F811
    audited(1)
    (key_folder / "journal_key").unlink()
    ended = cli("journal", "seal")
    assert (ended.code, len(ended.err.splitlines()), "私钥" in ended.err) == (2, 1, True)
    assert cli("journal", "seal", "--new-key").code == 0


def test_rows_and_file_are_in_order(cli: Cli, exported: Path, sealed: list[Seal]):  # noqa: F811
    assert cli("journal", "verify").code == 0
    ended = cli("journal", "verify", str(exported), "--head", sealed[-1].hash, "--json")
    assert (ended.code, ended.json["entries"], ended.json["anchored"], ended.json["problems"]) == (0, 25, 3, 0)


def test_an_altered_row_ends_with_one_and_is_named(cli: Cli, sealed: list[Seal]):  # noqa: F811
    pk = AuditEntry.objects.order_by("pk")[6].pk
    sql("UPDATE core_auditentry SET action = 'x' WHERE id = %s", pk)
    ended = cli("journal", "verify")
    assert ended.code == 1 and f"审计记录 {pk}）被改动" in ended.out


def test_an_altered_row_is_named_by_whoever_holds_an_export(cli: Cli, sealed: list[Seal], tmp_path: Path):  # noqa: F811
    pk = AuditEntry.objects.order_by("pk")[6].pk
    sql("UPDATE core_auditentry SET action = 'x' WHERE id = %s", pk)
    cli("journal", "export", str(tmp_path / "late.txt"))
    ended = outsider(tmp_path, "late.txt", "--head", sealed[-1].hash)
    assert ended.code == 1 and f"stream audit, id {pk}: was altered" in ended.out


def test_the_copied_verifier_needs_no_package(exported: Path, sealed: list[Seal]):
    ended = outsider(exported.parent, exported.name, "--head", sealed[1].hash, "--key", sealed[0].key)
    assert (ended.code, "problems 问题 0" in ended.out, "up to seal 2" in ended.out) == (0, True, True), ended.err
    cut = exported.read_bytes().splitlines(keepends=True)
    exported.write_bytes(b"".join(cut[:-3]))
    assert outsider(exported.parent, exported.name).code == 1
    assert outsider(exported.parent, "nothing.txt").code == 2


def test_what_is_no_journal_cannot_be_verified(cli: Cli, tmp_path: Path):  # noqa: F811
    (tmp_path / "list.csv").write_bytes(b"\x00number,name\n1,desk\n" * 50)
    assert cli("journal", "verify", str(tmp_path / "list.csv")).code == 2
    assert cli("journal", "verify", str(tmp_path / "missing")).code == 2
    assert outsider(tmp_path, "list.csv").code == 2


def test_the_own_sm3_of_the_file_gives_the_same_answer(exported: Path, sealed: list[Seal]):
    without = "import hashlib; hashlib.algorithms_available = set(); import verify, sys; sys.exit(verify.main())"
    outsider(exported.parent, exported.name)
    done = subprocess.run(
        [sys.executable, "-c", without, exported.name, "--head", sealed[2].hash], capture_output=True, cwd=exported.parent
    )
    assert done.returncode == 0, done.stdout.decode()


def test_an_export_overwrites_nothing(cli: Cli, exported: Path):  # noqa: F811
    assert cli("journal", "export", str(exported)).code == 2


def test_a_person_without_the_right_neither_seals_nor_exports(cli: Cli, town: Town, tmp_path: Path):  # noqa: F811
    audited(1)
    assert cli("--as", "clerk", "journal", "seal").code == 2
    assert cli("--as", "clerk", "journal", "export", str(tmp_path / "x")).code == 2
    assert not Seal.objects.exists() and not (tmp_path / "x").exists()


def test_the_verifier_is_one_small_file_for_older_pythons_and_their_standard_library():
    text = Path(verify.__file__).read_text(encoding="utf-8")
    tree = ast.parse(text, feature_version=(3, 9))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in imported} <= sys.stdlib_module_names
    assert len(text.splitlines()) <= 400
