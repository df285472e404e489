"""Where the import stands in the menu, and who may open it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.nav import NavItem, declare_nav
from gongjia.core.permissions import page_permissions

IMPORT = "importer.import_file"
page_permissions.add(IMPORT, _("导入文件"))

declare_nav(NavItem("importer.imports", _("导入"), "importer:imports", "handling", IMPORT, order=10, icon="table-import"))
