"""Words of leasing that its templates use, also where another package draws them."""

from jinja2 import Environment

from gongjia.domains.leasing.expiring import fits_words, standing_words
from gongjia.domains.leasing.gaps import gap_words


def extend(environment: Environment) -> None:
    """Add the words to the environment."""
    environment.globals.update(leasing_standing=standing_words, leasing_fits=fits_words, leasing_gap=gap_words)
