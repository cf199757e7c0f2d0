"""Exported graphs do what torch does, and mixing keeps the promises on which every blend rests."""

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.numpy import load_file, save

from latent_core import artifacts
from latent_core.__main__ import main
from latent_core.artifacts import JudgeFacts, layout
from latent_core.models.dataset import EncodedDataset
from latent_core.models.library import open_library
from latent_core.training import export, networks
from latent_core.training.judges import classifier
from latent_core.training.judges.judging import controls
from latent_core.training.networks import linear
from latent_core.training.steps import shared, verifying
from latent_core.training.steps.stages import posterior, rebuild
from latent_core.training.steps.verifying_shared import verify_shared
from tests import shipped
from tests.harness.serving import ROOT
from tests.unit import folders

LATENT, ROWS, SHAPE = 32, 4, (1, 16, 16)
FIELDS = {
    "mlp": {"hidden": 12}, "conv": {"width": 4}, "linear": {}, "counts": {"hidden": 12},
    "labelled": {"hidden": 12, "labels": 2}, "vq": {"width": 4, "codes": 150}, "ladder": {"hidden": 12},
}  # fmt: skip
MODELS = artifacts.models_root()
SHIPPED = shipped.models()
MMD_PAGE = (ROOT / "docs/objectives/mmd.md").read_text()
UNTRIED = [slug for slug in shipped.sorts() if artifacts.open_model_card(slug).network.name not in FIELDS]
"""Of networks whose recurrences or layers are written out, which take many seconds each to export."""


def build(kind):
    if kind == "linear":
        pictures = np.random.default_rng(0).random((50, 1, 16, 16), np.float32)
        return linear.fit(pictures, LATENT)[0].eval()
    with torch.random.fork_rng():
        torch.manual_seed(0)
        model = networks.build(kind, FIELDS[kind], SHAPE, LATENT).eval()
        if kind == "vq":
            model.decoder.book.normal_()
        return model


@pytest.fixture(scope="module", params=FIELDS)
def model(request):
    return build(request.param)


@pytest.fixture(scope="module")
def decoder(model):
    export.halve(model)
    return export.decoder(model, LATENT)


@pytest.fixture(scope="module")
def encoder(model):
    export.halve(model)
    return export.encoder(model, SHAPE)


def run(held, z, stretch=0.0, keep=None, **mixes):
    """Decodes with the given mixes; where none is given, rows pass on unchanged."""
    given = {"z": z.astype(np.float32), "keep": np.ones(LATENT, np.float32) if keep is None else keep}
    rows = len(z)
    for name in export.MIXES:
        given[name] = mixes.get(name, np.eye(rows)).astype(np.float32)
        rows = len(given[name])
    return export.session(held).run(None, given | {"stretch": np.array(stretch, np.float32)})[0]


@pytest.fixture(scope="module")
def z():
    return np.random.default_rng(1).standard_normal((ROWS, LATENT)).astype(np.float32)


@pytest.fixture(scope="module")
def shares():
    weights = np.random.default_rng(2).random((1, ROWS))
    return weights / weights.sum()


def test_plain_rows_decode_as_in_torch(model, decoder, z):
    assert np.abs(run(decoder, z) - rebuild(model, z)).max() < 1e-5
    assert np.abs(export.decode(decoder, z) - rebuild(model, z)).max() < 1e-5


def test_every_network_s_decoder_can_average_at_every_depth(decoder):
    assert export.averages_at(decoder) == list(artifacts.DEPTHS)


def test_a_card_says_where_its_decoder_can_average():
    for slug in SHIPPED:
        graph = (artifacts.folder_of(slug) / layout.DECODER).read_bytes()
        assert artifacts.open_model_card(slug).averages_at == export.averages_at(graph)


def test_one_ingredient_is_itself_at_any_stretch(decoder, z):
    assert np.abs(run(decoder, z[:1], stretch=1) - run(decoder, z[:1])).max() < 1e-6


def test_averaging_log_odds_is_averaging_the_second_layer(decoder, z, shares):
    """The last layer is affine and the shares sum to 1, so the order does not matter."""
    assert np.abs(run(decoder, z, mix_logits=shares) - run(decoder, z, mix_second=shares)).max() < 1e-5


def test_averaging_pixels_is_the_mean_of_the_pictures(decoder, z, shares):
    mean = np.tensordot(shares[0], run(decoder, z), 1)
    assert np.abs(run(decoder, z, mix_pixels=shares)[0] - mean).max() < 1e-5


def test_a_stretched_average_is_as_bright_as_its_ingredients(decoder, z, shares):
    bright = run(decoder, z, stretch=1, mix_pixels=shares)
    tops = run(decoder, z).reshape(ROWS, -1).max(1)
    assert bright.max() == pytest.approx(float(shares[0] @ tops), abs=1e-4)
    assert bright.min() >= 0 and bright.max() <= 1


def test_depths_differ_but_a_share_of_one_is_that_row_at_any_depth(decoder, z):
    only = np.array([[0, 1, 0, 0]])
    for name in export.MIXES:
        assert np.abs(run(decoder, z, **{name: only}) - run(decoder, z)[1:2]).max() < 1e-5


def test_a_dropped_dimension_is_a_zero(decoder, z):
    keep = (np.arange(LATENT) % 3 > 0).astype(np.float32)
    assert np.abs(run(decoder, z, keep=keep) - run(decoder, z * keep)).max() < 1e-6


def test_the_encoder_graph_agrees_with_torch(model, encoder):
    pictures = np.random.default_rng(3).random((5, 1, 16, 16), np.float32)
    mean, spread = export.run(encoder, pictures)
    wanted = posterior(model, pictures)
    assert np.abs(mean - wanted[0]).max() < 1e-4 and np.abs(spread - wanted[1]).max() < 1e-4


def test_networks_come_back_from_their_graphs_bit_for_bit(request, model, encoder, decoder):
    kind = request.node.callspec.params["model"]
    graphs = [encoder, decoder]
    again = export.restore(kind, FIELDS[kind], SHAPE, LATENT, graphs).state_dict()
    assert again.keys() == model.state_dict().keys()
    assert all(torch.equal(again[name], value) for name, value in model.state_dict().items())
    with pytest.raises(ValueError, match="another network"):
        export.restore(kind, FIELDS[kind], SHAPE, LATENT + 16, graphs)
    with pytest.raises(ValueError, match=r"hold no .*encoder"):
        export.restore("mlp", FIELDS["mlp"], SHAPE, LATENT, graphs[1:])


@pytest.mark.parametrize("slug", UNTRIED)
def test_a_network_that_takes_long_to_export_is_tried_as_it_ships(slug):
    card, folder = artifacts.open_model_card(slug), artifacts.folder_of(slug)
    graphs = [(folder / file).read_bytes() for file in (layout.ENCODER, layout.DECODER)]
    model = export.restore(card.network.name, card.network.fields, tuple(card.shape), card.latent.size, graphs)
    pictures = np.random.default_rng(3).random((5, *card.shape), np.float32).round()
    mean, spread = export.run(graphs[0], pictures)
    wanted = posterior(model, pictures)
    assert np.abs(mean - wanted[0]).max() < 1e-3 and np.abs(spread - wanted[1]).max() < 1e-3
    assert np.abs(export.decode(graphs[1], mean) - rebuild(model, mean)).max() < 1e-4


def test_the_classifier_graph_gives_shares_and_is_small():
    held = export.classifier(classifier.Classifier((1, 28, 28), 20).eval(), (1, 28, 28))
    shares = export.run(held, np.random.default_rng(4).random((7, 1, 28, 28), np.float32))[0]
    assert shares.shape == (7, 20) and np.allclose(shares.sum(1), 1, atol=1e-5)
    assert len(held) < 700_000


def test_a_graph_that_differs_from_torch_is_not_handed_on(monkeypatch):
    monkeypatch.setattr(export, "TOLERANCE", -1.0)
    with pytest.raises(ValueError, match="differs from torch"):
        export.classifier(classifier.Classifier((1, 8, 8), 3).eval(), (1, 8, 8))


def test_a_graph_tells_nothing_about_the_machine_that_made_it(decoder):
    assert str(Path(__file__).resolve().parents[2]).encode() not in decoder and b"site-packages" not in decoder


@pytest.mark.parametrize("slug", SHIPPED)
def test_a_shipped_model_fits_the_budget_and_its_arrays_fit_its_card(slug):
    card, folder = artifacts.open_model_card(slug), artifacts.folder_of(slug)
    assert sum(fact.bytes for fact in card.files.values()) < 5_000_000
    assert card.metrics and all(np.isfinite(metric.value) for metric in card.metrics)
    z = load_file(folder / "latents.safetensors")["z"].astype(np.float32)
    assert z.shape == (card.rows, card.latent.size)
    maps = load_file(folder / "projections.safetensors")
    assert maps["pca"].shape == maps["umap3"].shape == (card.rows, 3) and maps["umap"].shape == (card.rows, 2)
    exact = (z - maps["pca_centre"]) @ maps["pca_components"].T
    assert np.abs(exact - maps["pca"]).max() < 1e-2
    stats = load_file(folder / "stats.safetensors")
    assert stats["mean"].shape == stats["std"].shape == (len(card.classes), card.latent.size)
    if "/mmd-" in slug:
        used = z.std(0) > 0.7
        widest = next(metric.value for metric in card.metrics if metric.what == "largest encoded std")
        told = f"`{slug}`" in MMD_PAGE and f"to {widest:.2f}" in MMD_PAGE
        assert z.std(0).max() < (2.0 if told else 1.4)  # latents have not escaped, or the page tells how far
        assert used.all() or (slug.endswith("-smooth") and used.mean() >= 0.75)  # nor collapsed; decisions.md on smooth


@pytest.mark.parametrize("slug", SHIPPED)
def test_a_shipped_model_reaches_its_goals_or_the_page_of_its_objective_names_the_distance(slug):
    card = artifacts.open_model_card(slug)
    for metric in card.metrics:
        if metric.goal is None:
            continue
        reached = metric.value >= metric.goal if metric.better == "higher" else metric.value <= metric.goal
        if not reached:
            told = (ROOT / "docs" / "objectives" / f"{card.objective.name}.md").read_text()
            value, goal = (f"{number:.3f}".strip("0").rstrip(".") for number in (metric.value, metric.goal))
            assert f" {value} " in told and f"{goal} was the goal" in told, f"{metric.what}: {value}, {goal}"


@pytest.mark.parametrize("name", artifacts.list_datasets())
def test_a_shipped_dataset_fits_the_budget_and_its_rows_fit_its_sprite(name):
    from PIL import Image

    card, folder = artifacts.open_dataset(name), artifacts.folder_of(name)
    assert sum(fact.bytes for fact in card.files.values()) < 12_000_000
    rows = load_file(folder / "rows.safetensors")
    assert rows["y"].dtype == np.int16 and rows["y"].max() < len(card.classes)
    width, height = Image.open(folder / card.thumbs.file).size
    assert width == card.thumbs.columns * card.shape[2]
    assert height == -(-len(rows["y"]) // card.thumbs.columns) * card.shape[1]
    assert load_file(folder / "means.safetensors")["pictures"].shape == (len(card.classes), np.prod(card.shape))
    assert (card.thumbs.kind == "reconstruction") == (name == "olivetti")


def test_models_hold_no_pickle_and_nothing_half_written():
    for path in MODELS.rglob("*"):
        if path.is_file():
            assert path.suffix in {".json", ".md", ".onnx", ".safetensors", ".txt", ".webp"}, path
            assert not path.name.startswith("."), path
            start = path.read_bytes()[:9]
            if path.suffix == ".safetensors" and start[8:] == b"{":
                continue  # eight bytes of a length, which may begin as a pickle does
            assert start[:1] != b"\x80" and start[:4] != b"PK\x03\x04", path  # pickle, or torch's zip of pickles


SWAPS = {
    "another model's decoder": (layout.DECODER, lambda: folders.decoder(-folders.DECODING), "squared error of"),
    "another model's encoder": (layout.ENCODER, lambda: folders.encoder(-folders.ENCODING), "finds other latents"),
}


def said_of_toy(root: Path) -> list[str]:
    """What `verify` finds in the figures of the toy model."""
    opened = artifacts.open_model("tiny/elbo-2", root)
    folder = artifacts.folder_of("tiny/elbo-2", root)
    graphs = [(folder / name).read_bytes() for name in (layout.ENCODER, layout.DECODER)]
    z = opened.arrays[layout.LATENTS]["z"].astype(np.float32)
    return [*verifying.figures(opened.card, z, EncodedDataset("tiny", root), *graphs)]


def test_a_toy_rebuilds_its_pictures_as_its_card_says(tmp_path):
    assert said_of_toy(folders.write(tmp_path)) == []


@pytest.mark.parametrize("swap", SWAPS)
def test_a_file_of_another_model_of_the_same_shapes_is_found_by_its_figures(swap, tmp_path):
    file, content, why = SWAPS[swap]
    root = folders.write(tmp_path)
    folders.replace_file(root / "tiny" / "elbo-2", file, content())
    assert open_library(root).broken == {}  # its hash, arrays and sizes are right
    assert any(why in one for one in said_of_toy(root))


def test_pictures_of_another_dataset_are_found_by_their_latents(tmp_path):
    root = folders.write(tmp_path)
    folders.replace_file(root / "tiny", layout.THUMBS, folders.sheet(turned=True), layout.DATASET_CARD)
    assert any("finds other latents" in one for one in said_of_toy(root))


def test_thumbnails_of_large_pictures_are_only_close_to_them(tmp_path, monkeypatch):
    root = folders.write(tmp_path)
    folders.replace_file(root / "tiny", layout.THUMBS, folders.sheet(off=4), layout.DATASET_CARD)
    assert said_of_toy(root)
    monkeypatch.setattr(shared, "LOSSLESS", 0)
    assert said_of_toy(root) == []
    folders.replace_file(root / "tiny" / "elbo-2", layout.DECODER, folders.decoder(-folders.DECODING))
    assert any("squared error of" in one for one in said_of_toy(root))


SEEN = np.linalg.pinv(folders.TYPICAL).astype(np.float32)
"""What tells the toy's classes apart."""
SCORES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "another classifier": (layout.CLASSIFIER, lambda: folders.classifier(SEEN), "right about 1.000 .* says 0.333"),
    "another judge": (layout.JUDGE, lambda: folders.judge(SEEN[:, [1, 2, 0]]), "overlay of 1: recoverability, judge"),
    "a guide that says nothing": (layout.GUIDE, lambda: folders.judge(0 * SEEN), "overlay of 1: .* guide.onnx, is 0.5"),
    "the judge as guide": (layout.GUIDE, lambda: folders.judge(SEEN), "judge.onnx and guide.onnx are the same"),
}


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy with a judge and a guide whose figures are on its card."""
    root = folders.write(tmp_path_factory.mktemp("judged"))
    dataset = EncodedDataset("tiny", root)
    files = {layout.JUDGE: folders.judge(SEEN), layout.GUIDE: folders.judge(2 * SEEN)}
    test = torch.from_numpy(folders.pictures()[3:, None] / np.float32(255)), torch.arange(3)
    figures = [
        metric for file, held in files.items() for metric in controls(file, held, test, 3, torch.rand(200, 1, 4, 4))
    ]
    facts = JudgeFacts(classes=folders.CLASSES, real={}, baseline_bits={}, metrics=figures)
    controlled = {layout.CONTROLS: save({"foreign": np.random.default_rng(1).integers(0, 256, (9, 1, 4, 4), np.uint8)})}
    card = artifacts.changed(dataset.card, judge=facts)
    artifacts.write_folder(card, {**folders.dataset_files(), **files, **controlled}, root)
    return root


@pytest.mark.parametrize("swap", ["", *SCORES])
def test_judges_and_classifiers_that_score_otherwise_than_their_card_says_are_named(swap, judged, tmp_path):
    assert verify_shared("tiny", judged).startswith("classifier, judge and guide score")
    root = shutil.copytree(judged, tmp_path / "models")
    if swap:
        file, content, why = SCORES[swap]
        folders.replace_file(root / "tiny", file, content(), layout.DATASET_CARD)
        assert open_library(root).broken == {}  # its hash and sizes are right
        with pytest.raises(verifying.Differs, match=f"^tiny: .*{why}"):
            verify_shared("tiny", root)


def test_weights_that_rounding_changes_much_are_exported_and_those_that_it_makes_infinite_are_not():
    """A classifier of few pictures may be so steep that 16 bits change what it says of noise."""

    def steep(scale: float) -> torch.nn.Module:
        layer = torch.nn.Linear(256, 3, bias=False)
        with torch.no_grad():
            layer.weight.copy_(scale * torch.randn(3, 256, generator=torch.Generator().manual_seed(1)))
        return torch.nn.Sequential(torch.nn.Flatten(), layer, torch.nn.Softmax(1))

    held = export.classifier(steep(2.0), (1, 16, 16))
    pictures = torch.rand(40, 1, 16, 16, generator=torch.Generator().manual_seed(2))
    with torch.no_grad():
        away = np.abs(export.run(held, pictures.numpy())[0] - steep(2.0)(pictures).numpy()).max()
    assert away > export.TOLERANCE
    with pytest.raises(ValueError, match="no numbers with weights of 16 bits"):
        export.classifier(steep(1e5), (1, 16, 16))


def test_a_value_that_is_no_number_equals_nothing():
    none = np.full(3, np.nan)
    assert verifying.difference(none, none) == verifying.difference(np.ones(3), none) == np.inf
    assert verifying.difference(np.ones(3), np.ones(3)) == 0


def test_verify_names_all_that_is_wrong_and_goes_on(tmp_path, capsys):
    root = folders.write(tmp_path)
    for file in (layout.DECODER, layout.STATS):
        folders.flip(root / "tiny" / "elbo-2" / file)
    (root / "tiny" / "nothing-2").mkdir()
    assert main(["verify", "--models", str(root)]) == 1
    said = capsys.readouterr()
    names = ["tiny", "tiny/elbo-2", "tiny/linear-2", "tiny/nothing-2"]
    assert [line.split(":")[0] for line in said.out.splitlines()] == names
    first, second, third = said.err.strip().splitlines()
    assert "decoder.onnx was altered" in first and "stats.safetensors was altered" in first
    assert "tiny/linear-2: its graphs cannot be run" in second and "card.json is not there" in third
    assert "Traceback" not in said.err
