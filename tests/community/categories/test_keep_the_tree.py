"""Makers keep the tree of categories."""

import pytest

from community.categories import actions
from community.categories.actions import CategoryWords
from community.categories.queries import all_categories, category_of, category_tree, with_leaves
from community.categories.rules import slug_of
from community.categories.tables import Category
from foundation import clock
from foundation.database import Database
from foundation.errors import Invalid, Missing, Refused
from tests.cast import Cast


def add(database: Database, cast: Cast, name: str, parent: int | None = None) -> int:
    with database.writing() as session:
        words = CategoryWords({"it": name}, "tie", parent_id=parent)
        return actions.add_category(session, cast.maker.actor, words).id


def test_a_new_one_stands_last_and_below(database: Database, cast: Cast) -> None:
    branch = add(database, cast, "Musica")
    leaf = add(database, cast, "Chitarra", branch)
    with database.reading() as session:
        last = category_tree(session, cast.community.id)[-1]
        assert (last.category.id, [below.id for below in last.leaves]) == (branch, [leaf])
        assert with_leaves(session, cast.community.id, branch) == [branch, leaf]


def test_a_flat_list_keeps_leaves_with_their_branch(database: Database, cast: Cast) -> None:
    music = add(database, cast, "Musica")
    art = add(database, cast, "Arte")
    guitar = add(database, cast, "Chitarra", music)
    colours = add(database, cast, "Acquerelli", art)
    with database.reading() as session:
        assert [one.id for one in all_categories(session, cast.community.id)][-4:] == [music, guitar, art, colours]


def test_a_leaf_in_use_below_a_retired_branch_is_still_listed(database: Database, cast: Cast) -> None:
    branch = add(database, cast, "Musica")
    leaf = add(database, cast, "Chitarra", branch)
    with database.writing() as session:
        session.get_one(Category, branch).retired_at = clock.now()
    with database.reading() as session:
        assert leaf in [one.id for one in all_categories(session, cast.community.id)]


def test_the_same_name_twice_has_two_addresses(database: Database, cast: Cast) -> None:
    ids = [add(database, cast, "Caffè & tè") for _ in range(2)]
    with database.reading() as session:
        slugs = [category_of(session, cast.community.id, found).slug for found in ids]
    assert slugs == ["caffe-te", "caffe-te-2"]


def test_the_tree_has_two_levels(database: Database, cast: Cast) -> None:
    branch = add(database, cast, "Musica")
    leaf = add(database, cast, "Chitarra", branch)
    with pytest.raises(Invalid):
        add(database, cast, "Chitarra classica", leaf)
    other = add(database, cast, "Arte")
    with pytest.raises(Invalid), database.writing() as session:
        words = CategoryWords({"it": "Musica"}, "tie", parent_id=other)
        actions.change_category(session, cast.maker.actor, branch, words)


def test_a_retired_one_is_not_offered_and_comes_back(database: Database, cast: Cast) -> None:
    branch = add(database, cast, "Musica")
    with database.writing() as session:
        actions.retire_category(session, cast.maker.actor, branch)
        with pytest.raises(Missing):
            category_of(session, cast.community.id, branch)
        actions.bring_back_category(session, cast.maker.actor, branch)
        assert category_of(session, cast.community.id, branch)


def test_a_branch_in_use_is_not_retired(database: Database, cast: Cast) -> None:
    branch = add(database, cast, "Musica")
    add(database, cast, "Chitarra", branch)
    with pytest.raises(Refused), database.writing() as session:
        actions.retire_category(session, cast.maker.actor, branch)


def test_moving(database: Database, cast: Cast) -> None:
    first, second = add(database, cast, "Prima"), add(database, cast, "Seconda")
    with database.writing() as session:
        actions.move_category(session, cast.maker.actor, second, -1)
        order = [branch.category.id for branch in category_tree(session, cast.community.id)]
        assert order.index(second) == order.index(first) - 1
        for _ in range(20):
            actions.move_category(session, cast.maker.actor, second, -1)
        assert category_tree(session, cast.community.id)[0].category.id == second


@pytest.mark.parametrize("who", ["anna", "zoe"])
def test_others_do_not_keep_it(database: Database, cast: Cast, who: str) -> None:
    with pytest.raises(Missing), database.writing() as session:
        actions.retire_category(session, cast.members[who].actor, cast.categories["repairs"].id)


def test_unknown_values_are_refused(database: Database, cast: Cast) -> None:
    for words in (
        CategoryWords({"it": ""}, "tie"),
        CategoryWords({"it": "X"}, "dragon"),
        CategoryWords({"it": "X"}, "tie", care="dogs"),
        CategoryWords({"it": "X"}, "tie", parent_id=999_999),
    ):
        with pytest.raises(Invalid), database.writing() as session:
            actions.add_category(session, cast.maker.actor, words)


def test_a_new_community_gets_a_whole_tree(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        count = actions.plant_starter_tree(session, cast.other_community.id)
        tree = category_tree(session, cast.other_community.id)
    assert count == sum(1 + len(branch.leaves) for branch in tree)
    assert len(tree) >= 15
    assert {branch.category.fields for branch in tree} == {"none", "childcare", "purchasing", "housing"}
    assert all(category.names["en"] for branch in tree for category in (branch.category, *branch.leaves))


def test_addresses() -> None:
    assert slug_of("Compiti e studio") == "compiti-e-studio"
    assert slug_of("工作") == "categoria"
