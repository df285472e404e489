"""An import profile: which columns become which fields by which steps, kept as YAML and read by people."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from gongjia.importer.fields import Target
from gongjia.importer.headers import Heading, Table
from gongjia.importer.mapping import Match, normalise
from gongjia.importer.transforms import compile_steps
from gongjia.importer.words import N_

SHIPPED = Path(__file__).with_name("profiles")
KEYS = frozenset({"title", "into", "sheet", "header", "columns", "fixed", "empty", "key", "watch", "source", "note", "refuse"})


Words = Mapping[str, str]


FLAWS: Mapping[str, str] = {
    "unknown_profile": N_("没有名为“%(profile)s”的导入方案；有：%(known)s"),
    "not_yaml": N_("导入方案“%(profile)s”读不出来：%(detail)s"),
    "unknown_keys": N_("导入方案“%(profile)s”里有不认识的项目：%(keys)s"),
    "unknown_field": N_("导入方案“%(profile)s”要导入的字段“%(field)s”，这本台账没有"),
}


class BadProfile(ValueError):
    """The profile names something that does not exist; the text names the profile and what is wrong with it."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code, self.params = code, params

    def message(self, translate: Callable[[str], str] = str) -> str:
        """Return the whole sentence in the language of `translate`."""
        return translate(FLAWS[self.code]) % self.params

    def __str__(self) -> str:
        return self.message()


@dataclass(frozen=True, slots=True)
class Rule:
    """One field of the target: the column or columns it comes from, and the steps of their cells."""

    field: str
    columns: tuple[str, ...]
    nth: int = 1
    transforms: tuple[Mapping[str, Any], ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Watch:
    """One thing to remark on in a column of the file: every row where it holds gets a warning of this code."""

    columns: tuple[str, ...]
    when: str
    code: str
    message: "Words"
    once: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """How one kind of file becomes rows of one resource."""

    into: str = ""
    title: "Words" = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    sheet: str = ""
    header: tuple[int, int] | None = None
    fixed: Mapping[str, Any] = field(default_factory=dict)
    empty: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    watch: tuple[Watch, ...] = ()
    source: str = ""
    refuse: "Words" = field(default_factory=dict)
    name: str = ""

    @classmethod
    def from_plan(cls, plan: Mapping[str, Any]) -> "Profile":
        """Build a profile from the decisions that a page or a kept profile holds."""
        rules = tuple(
            Rule(rule["field"], tuple(rule["columns"]), 1, tuple(rule.get("transforms", ())), bool(rule.get("optional")))
            for rule in plan["rules"]
        )
        return cls(
            rules=rules,
            fixed=plan.get("fixed", {}),
            key=tuple(plan.get("key", ())),
            source=plan.get("source", ""),
            name=plan.get("base", ""),
        )

    def watching(self, base: "Profile") -> "Profile":
        """Return this profile with the remarks and empty words of another."""
        return replace(self, watch=base.watch, empty=base.empty, title=base.title)


def shipped() -> dict[str, Path]:
    """Return the profiles that come with the platform, by name."""
    return {path.stem: path for path in sorted(SHIPPED.glob("*.yaml"))}


def load(name_or_path: str) -> Profile:
    """Return a profile by its shipped name or by the path of a YAML file; raise `BadProfile` with the reason."""
    path = shipped().get(name_or_path, Path(name_or_path))
    if not path.is_file():
        raise BadProfile("unknown_profile", profile=name_or_path, known="、".join(shipped()))
    try:
        return parse(yaml.safe_load(path.read_text("utf-8")), path.stem)
    except yaml.YAMLError as error:
        raise BadProfile("not_yaml", profile=path.name, detail=error) from error


def parse(data: Any, name: str = "") -> Profile:
    """Build a profile from plain data, refusing keys it does not know."""
    if not isinstance(data, dict):
        raise BadProfile("not_yaml", profile=name, detail=type(data).__name__)
    if unknown := set(data) - KEYS:
        raise BadProfile("unknown_keys", profile=name, keys="、".join(sorted(map(str, unknown))))
    header = data.get("header")
    return Profile(
        into=data.get("into", ""),
        title=words(data.get("title", name)),
        rules=tuple(parse_rule(rule) for rule in data.get("columns", ())),
        sheet=data.get("sheet", ""),
        header=(int(header["row"]), int(header.get("rows", 1))) if header else None,
        fixed=data.get("fixed", {}),
        empty=tuple(map(str, data.get("empty", ()))),
        key=tuple(data.get("key", ())),
        watch=tuple(parse_watch(watch) for watch in data.get("watch", ())),
        source=data.get("source", name),
        refuse=words(data.get("refuse", "")),
        name=name,
    )


def words(text: Any) -> Words:
    """Return a text by language; a plain one is Chinese."""
    return {str(key): str(value) for key, value in text.items()} if isinstance(text, dict) else {"zh": str(text)} if text else {}


def said(text: Words, language: str) -> str:
    """Return a text in the language asked for, else in Chinese."""
    return text.get(language[:2]) or text.get("zh", "")


def parse_rule(rule: Mapping[str, Any]) -> Rule:
    columns = rule.get("columns") or [rule["column"]]
    transforms = tuple(rule.get("transforms", ()))
    compile_steps(Target(rule["field"], rule["field"], "decimal"), transforms)
    return Rule(rule["field"], tuple(map(str, columns)), int(rule.get("nth", 1)), transforms, bool(rule.get("optional")))


def parse_watch(watch: Mapping[str, Any]) -> Watch:
    columns = watch.get("columns") or [watch["column"]]
    return Watch(tuple(map(str, columns)), str(watch["when"]), watch["code"], words(watch["message"]), bool(watch.get("once")))


def heading_named(table: Table, title: str, nth: int = 1) -> Heading | None:
    """Return the heading of this name, exactly or but for case, spaces and punctuation; or of this letter after a `$`."""
    if title.startswith("$"):
        return next((heading for heading in table.headings if heading.letter == title[1:].upper()), None)
    same = [heading for heading in table.headings if heading.title == title]
    same = same or [heading for heading in table.headings if normalise(heading.title) == normalise(title)]
    return next((heading for heading in same if heading.nth == nth), same[0] if same and nth == 1 else None)


def fit(profile: Profile, table: Table) -> int:
    """Return how many headings a profile knows by their exact names, 0 when one that it needs is missing."""
    titles = {heading.title for heading in table.headings}
    needed = [title for rule in profile.rules if not rule.optional for title in rule.columns]
    return len(titles & set(needed)) if needed and titles.issuperset(needed) else 0


def recognise(table: Table, into: str = "") -> Profile | None:
    """Return the shipped profile that was written for such a file, if there is one."""
    known = [load(name) for name in shipped()]
    fitting = [(fit(made, table), made) for made in known if made.refuse or not into or made.into == into]
    count, best = max(fitting, key=lambda pair: pair[0], default=(0, None))
    return best if count else None


def matches(profile: Profile, table: Table, targets: Sequence[Target]) -> list[tuple[Match, list[Heading]]]:
    """Return the profile's rules as matches with all headings they join; a column that is not there is left out."""
    by_name = {target.name: target for target in targets}
    found = []
    for rule in profile.rules:
        if rule.field not in by_name:
            raise BadProfile("unknown_field", profile=profile.name, field=rule.field)
        headings = [heading for title in rule.columns if (heading := heading_named(table, title, rule.nth))]
        if headings:
            empty = [{"empty": list(profile.empty)}] if profile.empty else []
            steps = [*empty, *map(dict, rule.transforms)]
            found.append((Match(headings[0], by_name[rule.field], 1.0, "profile", steps, rule.optional), headings))
    return found
