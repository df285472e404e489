"""What may be imported into: resources with a registering action, their fields as the importer sees them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import override

from gongjia.core.action import Action, actions
from gongjia.core.inputs import Input, InputField, describe
from gongjia.core.resource import Resource, resources
from gongjia.importer.fields import Target


class NoTarget(LookupError):
    """There is no ledger of this name that takes rows from files."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """A resource that takes imported rows, with its actions and fields."""

    resource: Resource
    create: Action
    edit: Action | None
    targets: tuple[Target, ...]
    editable: frozenset[str]

    @property
    def by_name(self) -> dict[str, Target]:
        return {target.name: target for target in self.targets}

    def label(self, name: str) -> str:
        """Return what a field is called in the reader's language."""
        return next((str(field.label) for field in describe(self.create.input_type) if field.name == name), name)

    def path(self, name: str) -> str:
        """Return where the model keeps a field, '' when nowhere it can be read back from."""
        target = self.by_name.get(name)
        if has_field(self.resource.model, name):
            return name
        column = self.resource.by_name.get(name)
        if column is not None:
            return column.path.rpartition("__")[0] if target is not None and target.ref else column.path
        pk = self.resource.model._meta.pk
        if pk is not None and pk.is_relation and has_field(pk.related_model, name):
            return f"{pk.name}__{name}"
        return ""


def has_field(model: Any, name: str) -> bool:
    return any(isinstance(field, models.Field) and field.name == name for field in model._meta.get_fields())


def importable() -> list[Resource]:
    """Return the resources that take imported rows."""
    return [resource for resource in resources if resource.create and resource.create in actions]


def ledger(key: str) -> Ledger:
    """Return the ledger of a resource key; raise `NoTarget` with the keys that there are."""
    resource = resources.get(key)
    if resource is None or not resource.create or resource.create not in actions:
        raise NoTarget("、".join(made.key for made in importable()))
    create = actions[resource.create]
    edit = actions[resource.edit] if resource.edit and resource.edit in actions else None
    editable = frozenset(edit.input_type.model_fields) - {"id"} if edit else frozenset()
    return Ledger(resource, create, edit, targets_of(create.input_type, resource), editable)


def targets_of(input_type: type[Input], resource: Resource) -> tuple[Target, ...]:
    """Return the fields of an input; their labels in both languages, alone and after the ledger's own, name columns."""
    made = [target_of(field) for field in describe(input_type)]
    with override("zh-hans"):
        owner = str(resource.label)
    with override("en"):
        english = {field.name: str(field.label) for field in describe(input_type)}
    return tuple(with_synonyms(target, english[target.name], owner + target.label) for target in made)


def target_of(field: InputField) -> Target:
    with override("zh-hans"):
        label = str(field.label)
    return Target(
        field.name, label, field.kind, field.required, field.unit, field.places,
        tuple((str(code), str(text)) for code, text in field.choices), tuple(field.synonyms), field.ref, str(field.help),
    )  # fmt: skip


def with_synonyms(target: Target, *words: str) -> Target:
    synonyms = (*target.synonyms, *words)
    return Target(
        target.name,
        target.label,
        target.kind,
        target.required,
        target.unit,
        target.places,
        target.choices,
        synonyms,
        target.ref,
        target.help,
    )
