"""公家 Gongjia: what the public owns, where it breaks the rules, and by which clause."""

__version__ = "0.1.0"
