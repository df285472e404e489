"""Import contracts that read the list of domains, so that adding a domain adds one line in one place."""

from collections.abc import Sequence

from importlinter.contracts.layers import Layer, LayersContract, ModuleTail
from importlinter.domain import fields

from gongjia.domains import DOMAINS


def layers_of(names: Sequence[str]) -> list[Layer]:
    """Return one layer a domain, the first name at the bottom."""
    return [Layer({ModuleTail(name)}) for name in reversed(names)]


class DomainOrder(LayersContract):
    """A domain may use those listed above it; every package below gongjia.domains is listed."""

    type_name = "domain_order"
    layers = fields.ListField(subfield=fields.StringField(), required=False)

    def validate(self) -> None:
        self.layers = layers_of(DOMAINS)
        super().validate()
