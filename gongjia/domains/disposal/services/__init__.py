"""Disposing of cards: asked for, granted, done, closed."""

from gongjia.domains.disposal.services import asking, ending

__all__ = ["asking", "ending"]
