"""The check of the locks."""

from scripts.lint.locks import faults

HASH = " \\\n    --hash=sha256:00\n"


def test_a_lock_that_holds_what_is_asked_passes() -> None:
    assert list(faults(["django~=5.2", "psycopg[binary]~=3.3"], f"django==5.2.19{HASH}psycopg[binary]==3.3.9{HASH}")) == []


def test_a_package_that_is_not_locked_is_told() -> None:
    assert list(faults(["click~=8.5"], "")) == ["click~=8.5: locked is nothing; run make lock"]


def test_a_release_outside_what_is_asked_is_told() -> None:
    assert list(faults(["django~=5.2"], f"django==6.1.3{HASH}")) == ["django~=5.2: locked is 6.1.3; run make lock"]


def test_a_release_without_hash_is_told() -> None:
    assert list(faults([], f"click==8.5.1\ndjango==5.2.19{HASH}")) == ["click==8.5.1: no hash"]


def test_an_index_address_is_told() -> None:
    assert list(faults([], "--index-url somewhere\n")) == ["an index address or option stands in the lock"]
