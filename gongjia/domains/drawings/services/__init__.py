"""Changing drawings, floors and the rooms on them."""

from gongjia.core.permissions import grant_to
from gongjia.domains.drawings.services import accepting, correcting, reading, uploading, working

grant_to("space_manager", "drawings.*")
grant_to("asset_clerk", "drawings.*")

__all__ = ["accepting", "correcting", "reading", "uploading", "working"]
