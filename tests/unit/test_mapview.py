"""The map's Python half: its part of the link, groups of rows, and the graph for the way back to a latent."""

import contextlib
import json
import re
import zlib
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import numpy as np
import pytest

from latent_core import Model
from latent_core.commands import making
from latent_core.graphs.graph import open_shared
from latent_core.models import files, group_links
from latent_core.models.group_links import from_bits, pack, parse, to_bits, to_text, too_long, unpack
from latent_core.models.groups import MOST_GROUPS, Group, WithGroups, add_group, mean_picture, statistics
from latent_core.recipes.recipe import parse as parse_recipe
from pages.parts.map.link import MapView, from_query, from_values
from pages.parts.map.view import _alone
from tests import shipped

CLASSES = ["0", "1", "two, 2", "Group 1"]


@pytest.mark.parametrize(
    "view",
    [
        MapView(),
        MapView("pca", 3, row=12),
        MapView("raw", 2, (4, 0, 9), ("1", "two, 2", "Group 1"), pictures=True, marker=False),
    ],
)
def test_a_view_survives_the_link_and_the_browser(view: MapView) -> None:
    assert from_query(view.to_query(), CLASSES, 10, 100) == view
    assert from_values(view.to_json(), CLASSES, 10, 100) == view


def test_every_animal_on_the_map_is_a_drawing_of_its_artist_or_a_changed_copy_of_one() -> None:
    animals, letters, digits = map(shipped.dataset, ("animals", "omniglot", "mnist"))
    drawings = animals.origins["changed"] == 0
    assert (~drawings).sum() == 468 and drawings.sum() == 132 + 37, "seven artists' drawings, and those of two others"
    assert drawings[animals.rows["split"] == 1].all()
    assert animals.origin(0) == "A drawing by Google (Noto Emoji)."
    assert animals.origin(599).startswith("A changed copy of a drawing by ")
    assert letters.origins["changed"].all() and letters.origin(0) == "A changed copy of a drawing."
    assert digits.origins == {} and digits.origin(0) == ""


def test_a_first_visit_adds_nothing_to_the_link() -> None:
    assert MapView().to_query() == {}


@pytest.mark.parametrize(
    "query",
    [
        {"view": "umap9"},
        {"view": "x" * 100_000},
        {"view": "raw"},
        {"axes": "nan.1e308.-1"},
        {"axes": "." * 50_000},
        {"axes": "٣.٣.٣"},
        {"focus": "<script>," * 1000},
        {"focus": "%ff%00"},
        {"row": "-1"},
        {"row": "100"},
        {"row": "9" * 5000},
        {"pictures": "yes", "marker": ""},
    ],
)
def test_a_hostile_link_shows_a_first_visit(query: dict[str, str]) -> None:
    assert from_query(query, CLASSES, 10, 100) == MapView()


@pytest.mark.parametrize(
    "values",
    [
        {"projection": ["pca"], "dims": 2.0, "axes": {"0": 1}, "chosen": "1", "row": True},
        {"projection": None, "dims": True, "axes": [10, -1, 1.5], "chosen": [1, None], "row": float("nan")},
        {"dims": [], "axes": [None] * 1000, "chosen": [["1"]], "pictures": 1, "marker": None, "row": "5"},
    ],
)
def test_hostile_values_show_a_first_visit(values: dict[str, Any]) -> None:
    assert from_values(values, CLASSES, 10, 100) == MapView()


def test_a_flat_latent_has_no_raw_map_in_three_dimensions() -> None:
    view = from_query({"view": "raw3", "axes": "2.1.3"}, CLASSES, 2, 100)
    assert (view.dims, view.axes) == (2, (1, 0, 1))


@pytest.mark.parametrize("rows", [(0,), (5, 6, 7), tuple(range(0, 20_000, 3)), (1_048_575,)])
def test_rows_survive_packing(rows: tuple[int, ...]) -> None:
    assert unpack(pack(rows)) == rows
    assert from_bits(to_bits(Group("mnist", 1, rows))) == rows


def test_the_worst_group_of_20000_rows_fits_into_a_link() -> None:
    rows = np.flatnonzero(np.random.default_rng(0).random(20_000) < 0.5)
    assert len(pack(rows.tolist())) < 3_500


def test_groups_survive_the_link() -> None:
    groups = (Group("mnist", 1, (0, 9)), Group("mnist", 3, (4,)), Group("faces", 1, (1, 2)))
    assert parse(to_text(groups), {"mnist": 10, "faces": 3}) == (groups, [])


def test_groups_of_another_dataset_of_the_same_name_are_told_and_left_out() -> None:
    mine = Group("mnist", 1, (0, 9), mark="Ab3_-x")
    text = to_text((mine, Group("faces", 2, (1,), mark="zzzzzz")))
    assert text.startswith("mnist~Ab3_-x:1.") and len(text) < len(to_text((Group("mnist", 1, (0, 9)),))) + 40
    rows, marks = {"mnist": 10, "faces": 3}, {"mnist": "Ab3_-x", "faces": "yyyyyy"}
    found, said = parse(text, rows, marks)
    assert (found, found[0].mark) == ((mine,), "Ab3_-x")
    assert len(said) == 1 and said[0].startswith("The groups of faces in this link were chosen in another dataset")
    old, said = parse("mnist:1." + pack([4]), rows, marks)  # links of before have no mark
    assert (old[0].rows, old[0].mark, said) == ((4,), "Ab3_-x", [])
    assert parse("mnist~:1." + pack([4]), rows, marks)[0] == old


def test_a_model_takes_no_group_of_another_dataset_of_its_name() -> None:
    model = Model("mnist/elbo-2")
    wider = model.with_groups([Group("mnist", 1, (0, 9), mark="other1")])
    assert wider is model
    marked = model.with_groups([Group("mnist", 1, (0, 9))]).groups[0].mark
    assert len(marked) == 6 and marked == shipped.library().marks()["mnist"] != shipped.library().marks()["fashion"]
    kept = model.with_groups([Group("mnist", 1, (0, 9))]).blend({"Group 1": 1}).record()
    with pytest.raises(ValueError, match="were chosen in another dataset of that name"):
        making.from_text(json.dumps({**kept, "group": kept["group"].replace(marked, "other1")}))


def bomb(size: int = 10_000_000) -> str:
    return urlsafe_b64encode(zlib.compress(b"\xff" * size)).decode().rstrip("=")


@pytest.mark.parametrize(
    "text",
    [
        "mnist",
        "mnist:",
        "nothing:1." + pack([1]),
        "mnist:0." + pack([1]),
        "mnist:1." + pack([10]),
        "mnist:1." + pack([1])[:-3],
        "mnist:1.!!!",
        "mnist:-1." + pack([1]),
        "../x:1." + pack([1]),
        "mnist:1." + urlsafe_b64encode(zlib.compress(b"\0")).decode(),
        "mnist:1." + bomb(),
    ],
)
def test_a_broken_group_is_left_out_with_a_sentence(text: str) -> None:
    groups, said = parse(text, {"mnist": 10})
    assert groups == ()
    assert said == ["1 of the groups in the link could not be read and were left out."]


@pytest.mark.parametrize("share", [0.0005, 0.02, 0.1, 0.25, 0.5, 0.9, 0.999, 1.0])
def test_rows_are_packed_in_few_characters_and_read_back(share: float) -> None:
    """Scattered rows need little more than their entropy; four groups of a tenth of the points fit into 8 kB."""
    rng = np.random.default_rng(1)
    rows = np.flatnonzero(rng.random(20_000) < share).tolist()
    text = pack(rows)
    assert unpack(text, 20_000) == tuple(rows) and re.fullmatch(r"[A-Za-z0-9_-]+", text)
    least = 20_000 * (-share * np.log2(share) - (1 - share) * np.log2(1 - share)) / 6 if share < 1 else 0
    assert len(text) <= 1.1 * least + 12
    with pytest.raises(ValueError, match="beyond"):
        unpack(text, rows[-1])
    for cut in range(1, min(len(text), 40)):
        with contextlib.suppress(ValueError):
            unpack(text[:-cut], 20_000)


def test_old_links_open_and_hostile_ones_name_no_more_than_there_is() -> None:
    assert unpack("eNrjYGBiAAFGBgAAbAAM") == (3, 17, 64) == unpack(pack([3, 17, 64]))
    rng = np.random.default_rng(2)
    for _ in range(300):
        text = "-" + urlsafe_b64encode(rng.integers(0, 256, int(rng.integers(1, 60)), np.uint8).tobytes()).decode()
        with contextlib.suppress(ValueError):
            rows = unpack(text.rstrip("="), 500)
            assert rows == tuple(sorted(set(rows))) and rows[-1] < 500


def test_a_link_that_may_not_arrive_is_warned_of() -> None:
    assert too_long(8000) == "" and "9,200 characters" in too_long(9200)


def test_a_long_link_of_bombs_is_read_in_no_time_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """60 kB took 52 s, at every run of the page: nothing comes out that no group of the dataset could hold."""
    out: list[int] = []
    read = group_links.from_bits
    monkeypatch.setattr(group_links, "from_bits", lambda bits: out.append(len(bits)) or read(bits))
    bombs = ",".join(f"{i % 99 + 1}.{bomb(131_072)}" for i in range(300))
    full = ",".join(f"{i}.{pack(range(20_000))}" for i in range(1, 99))
    for text in (f"mnist:{bombs};mnist:{full}"[:60_000], f"mnist:{full}"):
        first, second = (parse(text, {"mnist": 20_000}) for _ in range(2))
        assert first == second and len(first[0]) <= MOST_GROUPS and first[1]
    assert sum(out) <= MOST_GROUPS * 2_500


def test_pictures_of_a_group_are_averaged_once() -> None:
    group, latents = Group("mnist", 1, tuple(range(100))), np.ones((100, 3), np.float32)
    thumbs = np.ones((100, 4, 4), np.uint8)
    assert mean_picture(group, thumbs) is mean_picture(Group("mnist", 1, tuple(range(100))), thumbs)
    assert statistics(group, latents)[0] is statistics(group, latents)[0]
    assert (statistics(group, 2 * latents)[0] == 2).all()  # another model's


def test_only_so_many_groups() -> None:
    groups: tuple[Group, ...] = ()
    for _ in range(MOST_GROUPS):
        groups = add_group(groups, "mnist", [1, 1, 0])
    assert [group.name for group in groups] == [f"Group {i + 1}" for i in range(MOST_GROUPS)]
    assert groups[0].rows == (0, 1)
    with pytest.raises(ValueError, match="remove one"):
        add_group(groups, "mnist", [1])
    assert add_group(groups[1:], "mnist", [1])[-1].name == "Group 1"
    with pytest.raises(ValueError, match="No point"):
        add_group((), "mnist", [])
    _, said = parse(to_text(groups) + ",5." + pack([2]), {"mnist": 10})
    assert said


@pytest.fixture(scope="module", params=shipped.sorts())
def model(request: pytest.FixtureRequest) -> Model:
    return shipped.model(request.param)


def test_a_group_is_a_class_of_every_sort_of_model(model: Model) -> None:
    y = model.dataset.rows["y"]
    name = model.card.classes[0]
    group = Group(model.dataset.slug, 1, tuple(np.flatnonzero(y == 0)[:30].tolist()))
    mean, std = statistics(group, model.latents)
    np.testing.assert_allclose(mean, model.latents[list(group.rows)].mean(0), atol=1e-5)
    assert std.shape == (model.card.latent.size,) and (std >= 0).all()
    wider = model.with_groups([group, Group("elsewhere", 1, (0,))])
    assert wider.card.classes == [*model.card.classes, "Group 1"]
    alone = wider.blend({"Group 1": 1}, method="centre_of_mass")
    np.testing.assert_allclose(alone.latent, mean, atol=1e-6)
    both = wider.blend({name: 1, "Group 1": 3}, method="centre_of_mass")
    np.testing.assert_allclose(both.latent, 0.25 * model.stats["mean"][0] + 0.75 * mean, atol=1e-5)
    assert model.card.classes[-1] != "Group 1" and len(model.stats["mean"]) == len(model.card.classes)
    picture = mean_picture(group, model.dataset.thumbs)
    assert picture.shape == model.dataset.means[0].shape
    np.testing.assert_allclose(wider.plain_average({"Group 1": 1.0}).ravel(), picture, atol=1e-6)


def test_a_recipe_may_name_a_group() -> None:
    library = shipped.library()
    catalogue = WithGroups(library, [Group("mnist", 1, (0,))])
    values = {"data": "mnist", "w": "3:50,Group%201:25"}
    recipe, said = parse_recipe(values, catalogue)
    assert recipe.w == (("3", 50.0), ("Group 1", 25.0)) and not said
    recipe, said = parse_recipe(values, library)
    assert recipe.w == (("3", 50.0),) and said


def test_the_way_back_from_a_linear_map(model: Model) -> None:
    maps = model.projections
    back = open_shared("latent_at")
    components = maps["pca_components"][:2]
    place = np.array([[0.5, -0.25], [2, 1]], np.float32)
    z = back(place=place, centre=maps["pca_centre"], components=components)["z"]
    np.testing.assert_allclose(z, maps["pca_centre"] + place @ components, atol=1e-5)
    if np.linalg.norm(components, axis=1).min() > 0.5:  # a latent of one dimension has no second component
        np.testing.assert_allclose(model.project(z)[:, :2], place, atol=1e-4)


def test_whatever_is_kept_of_a_group_makes_its_picture_again(tmp_path: Path) -> None:
    groups = (Group("mnist", 2, tuple(range(0, 9000, 7))), Group("mnist", 4, (1, 2)), Group("fashion", 1, (3,)))
    model = Model("mnist/elbo-2").with_groups(groups)
    blend = model.blend({"3": 30, "Group 2": 70}, theta=0.3, seed=5)
    (tmp_path / "kept.png").write_bytes(files.png(blend, 2))
    (tmp_path / "kept.npz").write_bytes(files.npz(blend))
    (tmp_path / "kept.json").write_text(json.dumps(blend.record()))
    link = f"http://127.0.0.1:8501/?{urlencode(blend.query())}"
    for kept in (*map(str, tmp_path.iterdir()), link, json.dumps(blend.record())):
        _, again = making.from_text(kept)
        assert np.array_equal(again.picture, blend.picture) and again.recipe == blend.recipe, kept
        assert again.groups == groups[:1], kept
    with pytest.raises(ValueError, match="There is no class “Group 2”"):
        making.from_text(json.dumps(blend.recipe.to_json()))  # without its rows it is nobody's group


def test_a_number_is_given_once_in_a_visit() -> None:
    """A recipe of before, which undo brings back, would take another group for its own."""
    again = add_group((), "mnist", [4], used={1, 2})
    assert again[0].name == "Group 3"
    assert add_group(again, "mnist", [4], used=range(1, 100))[1].number == 1


def test_a_row_of_two_halves_comes_with_what_each_half_alone_leads_to() -> None:
    model = shipped.model("pairs/mmvm-16")
    told = _alone(model, 7)
    assert told is not None and told.row == 7 and _alone(model, None) is None
    assert _alone(shipped.model("mnist/elbo-2"), 7) is None, "whole pictures have no halves"
    both, (digit, item) = model.latents[7], np.array(told.latents, np.float32)
    np.testing.assert_allclose(digit[:16], both[:16], atol=2e-2, err_msg="what is shown has its own code")
    np.testing.assert_allclose(item[16:], both[16:], atol=2e-2)
    np.testing.assert_allclose([digit[16:], item[:16]], [digit[:16], item[16:]], atol=1e-4)  # which serves the other
