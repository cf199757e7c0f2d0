"""The command line: every wrong argument gets one sentence and exit code 2; the right ones make a model that opens."""

import contextlib
import hashlib
import io
import json
import os
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import numpy as np
import pytest

from latent_core import artifacts
from latent_core.__main__ import main
from latent_core.artifacts import layout
from latent_core.training import presets
from latent_core.training.steps import stages

HOUSE = Path(__file__).resolve().parents[2]
COMMANDS = (
    "data", "train", "encode", "project", "export", "verify", "upgrade", "judge", "blend", "generators", "search",
    "graphs", "strokes", "import-pictures", "make-all", "run",
)  # fmt: skip

REST = "&theta=0&n=1&seed=1&method=decoded_mean"
WRONG = {
    "trane": "trane",
    "data nope": "there is no dataset 'nope'; there are ['animals', 'digits'",
    "import-pictures": "a folder with one folder of pictures a class",
    "import-pictures no/such": "name the dataset",
    "import-pictures no/such --name mine": "there is no folder or file no/such",
    "import-pictures docs --name mine --size 3": "8 to 256 pixels a side",
    "import-pictures docs --name mine --test 1": "--test is a share between 0 and 1",
    "make-all nope": "there is no dataset 'nope'",
    "data mnist --root .ci/nowhere": "is not a folder",
    "data digits --classifier-steps 0": "--classifier-steps must be at least 1; it was 0",
    "train": "DATASET/OBJECTIVE-LATENT",
    "train mnist": "'mnist' is not a model's name",
    "train nope/elbo-3": "there is no dataset 'nope'",
    "train digits/nope-3": "there is no objective 'nope'; there are ['attribute2image', 'beta',",
    "train digits/elbo-0": "0 latent dimensions; 1 to 4096",
    "train digits/elbo-8 --epochs many": "--epochs",
    "train digits/elbo-8 --epochs 0": "--epochs must be at least 1",
    "train digits/elbo-8 --learning-rate nan": "“nan” is no number",
    "train digits/elbo-8 --learning-rate 2": "--learning-rate must lie between 0 and 1",
    "train digits/elbo-8 --network huge": "elbo trains no network 'huge'",
    "train digits/elbo-8 --weight 3": "--weight",
    "train mnist/elbo-10 --root tests/unit": "no MNIST below tests/unit",
    "encode": "name at least one model",
    "encode digits/elbo-99 --runs no/such": "run train first",
    "project digits/elbo-99 --runs no/such": "run encode first",
    "export digits/elbo-99 --runs no/such": "run train first",
    "blend": "give either a model and --w",
    "blend no/model --w 3:1": "there is no model 'no/model'",
    "blend mnist/elbo-10 --w 3:50 --out blend.gif": "must end in .png or .npz",
    "blend mnist/elbo-10 --w 3:50,nope:50": "There is no class “nope”; there are 0, 1, 2",
    f"blend --recipe data=nope&model=x&w=3:50{REST}": "There is no dataset “nope”; there are ",
    f"blend --recipe data=mnist&model=nope&w=3:50{REST}": "There is no model “nope”; there are ",
    f"blend --recipe data=mnist&model=elbo-10&w=3:101{REST}": "An amount must be a number from 0 to 100; it was 101",
    "blend mnist/elbo-10 --w 3:50 --seed 4294967296": "from 0 to 4294967295; it was 4294967296",
    "blend mnist/elbo-10 --w 3:50 --theta nan": "“nan” is no number",
    "blend mnist/elbo-10 --w 3:50 --theta 1e0,5": "“1e0,5” is no number",
    "blend mnist/elbo-10 --w 3:50 --theta 2": "theta must be a number from 0 to 1; it was 2",
    "blend mnist/elbo-10 --w 3:50 --method nope": "no blending method",
    "blend mnist/elbo-10 --w 3:50 --n 1_000": "“1_000” is no whole number",
    "blend mnist/elbo-10 --w 3:50 --theta 1,000": "“1,000” may be 1.000 or 1000: write the one that is meant",
    "blend mnist/elbo-10 --w 3:50 --theta ٠٫٥ --n ٣ --scale 99": "scale must be a whole number from 1 to 16",
    "blend mnist/elbo-10 --w 3:50 --scale 99": "scale must be a whole number from 1 to 16",
    "blend mnist/elbo-10": "give either a model and --w",
    "blend mnist/elbo-10 --model mnist/elbo-10 --w 3:50": "give either a model and --w",
    "blend --model no/model --classes all": "there is no model 'no/model'",
    "blend --model mnist/elbo-10 --classes 3,nope": "There is no class “nope”",
    "blend --recipe {": "not JSON",
    "blend --recipe {}": "this recipe leaves out data, model, w, theta, n, seed, method, depth, k, pattern",
    "blend --recipe ?data=mnist&model=mmd-20&w=3:50": "this recipe leaves out theta, n, seed, method",
    "blend --recipe tests": "is a folder, where a plain file belongs",
    "blend --recipe /dev/zero": "is a device, where a plain file belongs",
    "blend --recipe nowhere.png": "is no recipe",
    "train mnist/elbo-10 --rotate": "--rotate needs an objective of distances only",
    "train mnist/mmd-10 --ema-decay 1": "--ema-decay is a share from 0 to below 1",
    "search": "name a model to search",
    "search --model no/model": "no/model",
    "search --model mnist/mmd-20 --out found.txt": "--out must end in .json",
    "search --model mnist/mmd-20 --family nope": "there is no family 'nope' to search",
    "search --model mnist/mmd-20 --optimiser nope": "medium1 is not searched by 'nope'",
    "search --model mnist/mmd-20 --accuracy 1": "accuracy must be a number from 0 to below 1",
    "search --model mnist/mmd-20 --seed -1": "seed must be a whole number from 0",
    "search --model mnist/mmd-20 --accuracy 0.9999": "cannot show an accuracy of 0.9999",
    "search --model mnist/linear-20": "are eigen-images, which know nothing of classes",
    "graphs --nope": "--nope",
}


@pytest.mark.usefixtures("opened_once")
@pytest.mark.parametrize("line", WRONG)
def test_a_wrong_argument_gets_one_sentence_and_exit_code_2(line, capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(HOUSE)
    out = ["--out", str(tmp_path / "x.png")] if line.startswith("blend") and "--out" not in line else []
    assert main([*line.split(" "), *out]) == 2
    said = capsys.readouterr().err.strip()
    assert said.startswith("medley: ") and WRONG[line] in said
    assert len(said.splitlines()) == 1 and "Traceback" not in said
    assert not said.endswith(("is shown.", "is used.", "left out.", "are shown.")), "nothing is, on a command line"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command, capsys):
    assert main([command, "--help"]) == 0
    assert f"latent_core {command}" in capsys.readouterr().out


def test_help_names_every_command(capsys):
    assert main([]) == 0
    text = capsys.readouterr().out
    assert all(command in text for command in COMMANDS)


@pytest.mark.parametrize(
    ("slug", "flag"), [("mmd-3", "--weight"), ("elbo-3", "--warm-up"), ("label-guided-3", "--turn")]
)
def test_an_objectives_fields_are_its_flags(slug, flag, capsys):
    assert main(["train", f"digits/{slug}", "--help"]) == 0
    assert flag in capsys.readouterr().out


def test_data_without_a_name_lists_the_datasets(capsys):
    assert main(["data"]) == 0
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == presets.registry.names("datasets")


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """digits/elbo-8, trained by the command, killed once on the way and started again."""
    folder = tmp_path_factory.mktemp("workshop")
    places = ["--models", str(folder / "models"), "--runs", str(folder / "runs")]
    line = ["train", "digits/elbo-8", "--epochs", "16", "--seed", "3", *places]
    assert main(["data", "digits", "--classifier-steps", "200", "--models", str(folder / "models")]) == 0
    whole = [sys.executable, "-m", "latent_core", *line]
    first = subprocess.Popen(
        whole, cwd=HOUSE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )
    begun = time.monotonic()
    while not (folder / "runs/digits/elbo-8/checkpoint.safetensors").is_file() and time.monotonic() - begun < 120:
        time.sleep(0.02)
    os.killpg(first.pid, signal.SIGKILL)
    first.communicate()
    assert not list((folder / "models").glob("*/*/card.json"))
    said, bar = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(said), contextlib.redirect_stderr(bar):
        patch.setattr(stages, "in_worker", lambda function, *values: function(*values))  # compiles umap once a session
        assert main(line) == 0
    return folder, said.getvalue(), bar.getvalue()


def test_train_makes_a_model_that_opens(trained, monkeypatch):
    folder, said, bar = trained
    assert "digits/elbo-8 written" in said and "k-NN (10)" in said
    assert "100%" in bar
    monkeypatch.setenv("MEDLEY_MODELS", str(folder / "models"))
    card = artifacts.open_model_card("digits/elbo-8")
    assert (card.seed, card.epochs, card.latent.size, card.objective.fields["kl"]) == (3, 16, 8, 1.0)
    assert {metric.what: metric.value for metric in card.metrics}["k-NN (10)"] > 0.6
    assert card.command.startswith("python -m latent_core train digits/elbo-8 ") and "--seed 3" in card.command
    assert card.versions["torch"] and artifacts.open_dataset("digits").classifier["accuracy"] > 0.8
    assert not list((folder / "models").rglob(".*"))


def test_command_and_python_blend_the_same_bits(trained, monkeypatch, tmp_path, capsys):
    folder, *_ = trained
    monkeypatch.setenv("MEDLEY_MODELS", str(folder / "models"))
    import latent_core

    line = ["blend", "digits/elbo-8", "--w", "3:50,8:50", "--theta", "0.4", "--n", "2", "--seed", "7"]
    assert main([*line, "--out", str(tmp_path / "a.npz")]) == 0
    blend = latent_core.open_model("digits/elbo-8").blend({"3": 50, "8": 50}, theta=0.4, samples=2, seed=7)
    held = np.load(tmp_path / "a.npz")
    assert hashlib.sha256(held["picture"].tobytes()).digest() == hashlib.sha256(blend.picture.tobytes()).digest()
    assert (held["z"] == blend.latent).all()
    same = ["blend", "--model", "digits/elbo-8", "--classes", "8,3", *line[4:], "--out", str(tmp_path / "b.npz")]
    assert main(same) == 0
    assert hashlib.sha256(blend.picture.tobytes()).hexdigest() in capsys.readouterr().out
    assert main([*line, "--out", str(tmp_path / "a.png")]) == 0
    for number, recipe in enumerate((str(tmp_path / "a.png"), str(held["recipe"]))):
        assert main(["blend", "--recipe", recipe, "--out", str(tmp_path / f"{number}.npz")]) == 0
        assert (np.load(tmp_path / f"{number}.npz")["picture"] == blend.picture).all()


def test_verify_agrees_and_then_finds_one_altered_bit(trained, capsys):
    folder, *_ = trained
    where = ["--models", str(folder / "models")]
    assert main(["verify", *where]) == 0
    assert "torch and ONNX agree" in capsys.readouterr().out
    file = folder / "models/digits/elbo-8" / layout.DECODER
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert main(["verify", "digits/elbo-8", *where]) == 1
    assert "decoder.onnx" in capsys.readouterr().err
    file.write_bytes(whole)
    card = folder / "models/digits/elbo-8/card.json"
    assert json.loads(card.read_text())["files"]["decoder.onnx"]["sha256"] == hashlib.sha256(whole).hexdigest()


def test_a_shipped_model_can_be_exported_again_without_training(trained, tmp_path, capsys):
    folder, *_ = trained
    before = (folder / "models/digits/elbo-8" / layout.DECODER).read_bytes()
    places = ["--models", str(folder / "models"), "--runs", str(tmp_path / "runs")]
    assert main(["encode", "digits/elbo-8", *places]) == 0
    assert main(["export", "digits/elbo-8", *places]) == 0
    assert (folder / "models/digits/elbo-8" / layout.DECODER).read_bytes() == before
    assert artifacts.open_model_card("digits/elbo-8", folder / "models").epochs == 16


WITHOUT_TORCH = """
import sys

class NoTorch:
    def find_spec(self, name, path=None, target=None):
        if name == "torch":
            raise ModuleNotFoundError("No module named 'torch'")

sys.meta_path.insert(0, NoTorch())
from latent_core.__main__ import main
print([main(line.split()) for line in ("--help", "blend mnist/elbo-2 --w 3:1 --out {out}/a.png", "train mnist/elbo-2")])
"""


def test_without_the_workshop_all_but_the_workshop_works(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_TORCH.format(out=tmp_path)], cwd=HOUSE, capture_output=True, text=True
    )
    assert done.stdout.splitlines()[-1] == "[0, 0, 2]" and "this command needs the workshop" in done.stderr


def test_models_are_found_where_the_flag_says(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("MEDLEY_MODELS", str(HOUSE / "models"))
    line = ["blend", "mnist/elbo-2", "--w", "3:1", "--out", str(tmp_path / "a.png")]
    assert main([*line, "--models", str(tmp_path)]) == 2
    assert main(["run", "--models", str(tmp_path)]) == 2
    assert "holds no models: give the folder that does by --models DIR" in capsys.readouterr().err


def test_an_installation_gets_what_the_requirements_name():
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    needed = [*project["dependencies"], *extras["workshop"], *extras["widget"]]
    files = ((HOUSE / name).read_text() for name in ("requirements-serve.txt", "requirements.txt"))
    lines = [line for text in files for line in text.split("# Tests")[0].splitlines() if line[:1].isalpha()]
    assert sorted(needed) == sorted(lines)


def test_whoever_stops_reading_ends_a_command_without_a_word():
    """As `medley data | head -1` does."""
    shut = subprocess.Popen(
        [sys.executable, "-m", "latent_core", "data"], cwd=HOUSE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    shut.stdout.close()
    assert shut.wait(60) == 0 and shut.stderr.read() == b""
    shut.stderr.close()
