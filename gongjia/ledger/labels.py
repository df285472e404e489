"""Cards have labels."""

from gongjia.web.labels import declare_labels

declare_labels("ledger.asset")
