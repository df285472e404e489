"""Changing plans, orders and receipts."""

from gongjia.domains.acquisition.services import purchasing, receiving

__all__ = ["purchasing", "receiving"]
