"""All tables and code tables together, and the ways to look something up in them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from gongjia.standards.rulebook.schema import CodeTable, Row, Table, Value, Version


@dataclass(frozen=True, eq=False)
class Rulebook:
    """Every table of limits and every code table by key; never changed, only replaced."""

    tables: Mapping[str, Table]
    codes: Mapping[str, CodeTable]

    def topic(self, topic: str) -> tuple[Table, ...]:
        """The tables that answer one topic, the one that declares it first; raises KeyError if there is none."""
        if topic not in self.tables:
            raise KeyError(topic)
        others = (table for table in self.tables.values() if table.topic == topic and table.key != topic)
        return (self.tables[topic], *others)

    def topics(self) -> tuple[str, ...]:
        return tuple(table.key for table in self.tables.values() if table.topic == table.key)

    def value(self, topic: str, value: str) -> Value:
        return self.tables[topic].values[value]

    def find(self, version_id: str) -> tuple[Table, Version]:
        """The table and version of a version id as findings store it; raises KeyError."""
        table = self.tables[version_id.partition("@")[0]]
        return table, table.version(version_id)

    def row(self, version_id: str, number: int) -> Row:
        """The row that a finding cites by version id and number, counted from 1."""
        return self.find(version_id)[1].rows[number - 1]

    def vocabulary(self, key: str) -> tuple[str, ...]:
        """The codes that a key column may hold; empty where no code table bears its name."""
        return tuple(self.codes[key].codes) if key in self.codes else ()

    def categories(self, code_table: str, category: str) -> tuple[str, ...]:
        """The codes of a code table (items, depreciation classes) to which an asset category belongs."""
        return self.codes[code_table].of_category(category)

    def with_table(self, table: Table) -> "Rulebook":
        """The same book with one table replaced or added."""
        return replace(self, tables={**self.tables, table.key: table})
