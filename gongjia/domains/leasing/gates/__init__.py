"""What stands before leases, provision and disposal of space."""

from gongjia.domains.leasing.gates import order, own_first

__all__ = ["order", "own_first"]
