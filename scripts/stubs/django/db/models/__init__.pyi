# Only the choices: their members are declared as pairs and read as one value. All else of Django stays untyped.
import enum
from typing import Any

class ChoicesType(enum.EnumMeta):
    names: list[str]
    labels: list[str]
    choices: list[tuple[Any, Any]]
    values: list[Any]

class Choices(enum.Enum, metaclass=ChoicesType):  # type: ignore[misc]
    @property
    def label(self) -> Any: ...

class TextChoices(str, Choices):  # type: ignore[misc]
    _value_: str
    @property
    def value(self) -> str: ...

class IntegerChoices(int, Choices):  # type: ignore[misc]
    _value_: int
    @property
    def value(self) -> int: ...

def __getattr__(name: str) -> Any: ...
