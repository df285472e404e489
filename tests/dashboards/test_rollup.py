"""Units are compared one level below the one looked at; nothing is counted twice and nothing is lost."""

from hypothesis import given
from hypothesis import strategies as st

from gongjia.dashboards.rollup import Node, groups_of, rolled

CITY, WATER, DAM, ARCHIVE = Node(1, "市", "1."), Node(2, "水务", "1.2."), Node(3, "大坝", "1.2.3."), Node(4, "档案", "1.4.")


def test_units_roll_up_to_the_children_of_the_one_at_the_top():
    groups = groups_of([DAM, CITY, WATER, ARCHIVE])
    assert {pk: (group.node.name, group.own) for pk, group in groups.items()} == {
        1: ("市", True), 2: ("水务", False), 3: ("水务", False), 4: ("档案", False),
    }  # fmt: skip


def test_a_unit_with_none_below_it_stands_for_itself():
    assert [(g.node, g.own) for g in groups_of([DAM]).values()] == [(DAM, False)]


def test_where_two_trees_are_seen_each_is_a_group():
    assert {group.node for group in groups_of([WATER, DAM, ARCHIVE]).values()} == {WATER, ARCHIVE}


def test_a_path_that_begins_with_the_same_digits_is_no_ancestor():
    groups = groups_of([Node(1, "甲", "1."), Node(2, "乙", "1.2."), Node(25, "丙", "1.25."), Node(9, "丁", "1.25.9.")])
    assert groups[9].node.pk == 25


@given(st.lists(st.integers(0, 5), min_size=1, max_size=30), st.lists(st.integers(0, 1000), min_size=30, max_size=30))
def test_the_groups_add_up_to_the_whole(parents: list[int], values: list[int]):
    paths = ["0."]
    for index, parent in enumerate(parents, 1):
        paths.append(f"{paths[parent % len(paths)]}{index}.")
    nodes = [Node(index, str(index), path) for index, path in enumerate(paths)]
    figures = [(node.pk, values[node.pk % len(values)]) for node in nodes]
    assert sum(rolled(figures, groups_of(nodes)).values()) == sum(value for _pk, value in figures)
