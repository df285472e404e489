"""Changing the warehouse: stock, sharing, wishes, occasions, shelves, matching."""

from gongjia.core.permissions import grant_to
from gongjia.domains.warehouse.services import occasions, planning, releasing, sharing, shelving, stocking, wanting

__all__ = ["occasions", "planning", "releasing", "sharing", "shelving", "stocking", "wanting"]

WANTING = ("warehouse.make_wish", "warehouse.edit_wish", "warehouse.close_wish", "warehouse.lend_item:ask", "warehouse.reallocate_item:ask")

grant_to("asset_clerk", "warehouse.*")
grant_to("space_manager", *WANTING)
grant_to("fleet_manager", *WANTING)
grant_to("dispatcher", "warehouse.view_offer")
