"""The pages come to the same counts as the command line, also when the mapping page is sent back as it was shown."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongjia.importer.models import ImportSession
from gongjia.importer.running import run_import
from gongjia.importer.services import counts_of
from tests import people
from tests.importer.test_real_files import FILES
from tests.importer.working import work

pytestmark = pytest.mark.django_db


def form_values(page: str) -> dict[str, str]:
    """Read what the mapping form would send: chosen options, texts, ticked boxes."""
    form = page[page.index('data-testid="mapping"') :]
    found = dict(re.findall(r'<input type="(?:text|checkbox)"[^>]*? name="([^"]+)"[^>]*? value="([^"]*)"', form))
    for name, body in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', body)
        found[name] = chosen[1] if chosen else ""
    return {name: unescape(value) for name, value in found.items()}


@pytest.mark.parametrize("name", FILES)
def test_a_real_file_is_previewed_in_the_browser_as_on_the_command_line(
    real_data: Path, town: people.Town, client: Client, name: str
) -> None:
    chief = people.User.objects.create(username="chief", is_superuser=True)
    path = real_data / FILES[name][0]
    told = counts_of(run_import(path, FILES[name][1], dry_run=True, actor=chief))
    client.force_login(chief)
    client.post("/imports/", {"into": "", "file": SimpleUploadedFile(path.name, path.read_bytes())})
    work()
    session = ImportSession.objects.get()
    assert session.into == FILES[name][1]
    client.post(f"/imports/{session.pk}/decide/", form_values(client.get(f"/imports/{session.pk}/").content.decode()))
    work()
    session.refresh_from_db()
    assert session.counts == told
