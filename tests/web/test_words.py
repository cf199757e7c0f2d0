"""What both sides say about a blend: JavaScript and Python use the same words and draw the same conclusions."""

import json
import re
import subprocess
from typing import Any

import numpy as np
import pytest

from latent_core.evidence import (
    Shown,
    answer,
    became,
    comparison,
    listed,
    look_word,
    mixture,
    not_judged,
    present,
    removal,
    turned_into,
    verdict,
)
from latent_core.evidence.sentences import baseline_bits
from latent_core.language import ENGLISH, class_name, languages, script, speaking
from latent_core.models.measure import alternatives, measure
from pages.parts.blend.first_picture import WEB, first_picture, short_names
from pages.parts.directions.link import parse_steps
from tests import shipped
from tests.harness.serving import ROOT
from tests.web.node import Node

NAMES = [*"0123456789", "ab", "äö", "𐐨", "😀😀", "T-shirt", "Person 12", "ß-shaped", "ƿynn", "Ankle boot", "あ", "ひら"]


def drawn(rng: np.random.Generator, most: int = 21) -> list[str]:
    """Some of the names, signs only in half of the cases."""
    names = NAMES[:14] if rng.random() < 0.5 else NAMES
    count = int(rng.integers(1, min(most, len(names)) + 1))
    return [names[i] for i in rng.permutation(len(names))[:count]]


def test_who_is_seen_and_what_is_missing(node: Node) -> None:
    rng = np.random.default_rng(1)
    cases = []
    for _ in range(800):
        chosen = drawn(rng)
        share = rng.choice([0.0, 0.3, 0.8, 1.0])
        seen = [name for name in chosen if rng.random() < share]
        faint = [name for name in seen if rng.random() < rng.choice([0.0, 0.5, 1.0])]
        cases.append((chosen, seen, faint, bool(rng.random() < 0.5)))
    found = node.ask("said", calls=[["verdict", *case] for case in cases])
    assert found == [verdict(*case) for case in cases]
    assert verdict(list("0123456"), list("012345"), [], True) == (
        "A judge network finds 6 of 7: 0, 1, 2, 3, 4 and 5. 6 is hard to find. Give it more weight, or press Even out."
    )
    assert verdict(["cat", "dog", "panda"], ["cat", "dog", "panda"], ["panda"]) == (
        "A judge network finds 3 of 3: cat and dog clearly, panda faintly."
    )
    long = ["Angelic 1", "Bengali 2", "Cyrillic 3", "Futurama 4", "Greek 5", "Hebrew 6", "Korean 7"]
    assert "6 of 7: Angelic 1, Bengali 2, Cyrillic 3, Futurama 4 and 2 more." in verdict(long, long[:6])


def test_lists_and_single_sentences(node: Node) -> None:
    rng = np.random.default_rng(2)
    cases = [(drawn(rng), int(rng.integers(2, 13))) for _ in range(300)]
    assert node.ask("said", calls=[["list", *case] for case in cases]) == [listed(*case) for case in cases]
    groups = [[], ["Group 1"], ["Group 1", "Group 3"]]
    assert node.ask("said", calls=[["notJudged", one] for one in groups]) == [not_judged(one) for one in groups]
    assert node.ask("said", calls=[["turnedInto", "Person 3"]]) == [turned_into("Person 3")]


def said_in(code: str, calls: list[list[Any]]) -> list[str]:
    """What the browser says in a language: calls as of the verb `said`, and of steps that a link or a visitor wrote."""
    text = f"""{script(code)}
    const sentences = await import({json.dumps((ROOT / "web/engine/sentences.js").as_uri())});
    const {{ className }} = await import({json.dumps((ROOT / "web/engine/language.js").as_uri())});
    const {{ parseSteps }} = await import({json.dumps((ROOT / "web/directions/steps.js").as_uri())});
    const said = {{ ...sentences, className, steps: (...given) => parseSteps(...given).said }};
    process.stdout.write(JSON.stringify({json.dumps(calls)}.map(([name, ...given]) => said[name](...given))));"""
    command = ["node", "--input-type=module", "-"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True, timeout=60)
    return json.loads(done.stdout)


@pytest.mark.parametrize("code", [code for code in languages() if code != ENGLISH])
def test_other_languages_are_told_alike(code: str) -> None:
    rng = np.random.default_rng(6)
    calls: list[list[Any]] = [["className", "Cat"]]
    calls += [["notJudged", ["A"]], ["notJudged", ["A", "B"]], ["turnedInto", "3"]]
    expected: list[str] = []
    with speaking(code):
        expected += [class_name("Cat"), not_judged(["A"]), not_judged(["A", "B"]), turned_into("3")]
        for _ in range(150):
            names = drawn(rng)
            seen = [name for name in names if rng.random() < rng.choice([0.3, 1.0])]
            faint = [name for name in seen if rng.random() < rng.choice([0.0, 0.5, 1.0])]
            evenable = bool(rng.random() < 0.5)
            shares = rng.choice([1.0, 1.0, 1000.0], len(names))
            shares = (shares / shares.sum()).tolist()
            n = int(rng.integers(1, 21))
            lower, found = sorted(rng.integers(n // 2, n + 1, 2).tolist(), reverse=True)
            sharp = np.round(rng.choice([rng.random(4), 0.1 * rng.random(4), np.full(4, 0.145)]), 2).tolist()
            pictures = [Shown(*one) for one in zip(TITLES, rng.integers(0, n + 1, 4).tolist(), sharp, strict=True)]
            given = [vars(one) for one in pictures]
            calls += [
                ["list", names], ["verdict", names, seen, faint, evenable],
                ["mixture", [class_name(name) for name in names], shares],
                ["answer", n, "X", given], ["removal", n, lower, found], ["lookWord", sharp[0]],
            ]  # fmt: skip
            expected += [
                listed(names), verdict(names, seen, faint, evenable), mixture(dict(zip(names, shares, strict=True))),
                answer(n, "X", pictures), removal(n, lower, found), look_word(sharp[0]),
            ]  # fmt: skip
        for steps in (
            ["pc1:9", 20, False],
            ["x:1,dim21:1,pc2:9,pc1:0,:", 20, True],
            [",".join(["dim1:1"] * 300), 1, False],
        ):
            calls.append(["steps", *steps])
            expected.append("".join(parse_steps(*steps)[1]))
    assert said_in(code, calls) == expected
    assert verdict(["3"], ["3"]) == "A judge network finds 1 of 1: 3."  # and nothing of it stays


def test_seen_became_and_baseline(node: Node) -> None:
    rng = np.random.default_rng(3)
    calls, expected = [], []
    for _ in range(500):
        classes = int(rng.integers(1, 30))
        bits = np.round(rng.normal(0, 3, classes), int(rng.integers(0, 3)))  # whole bits: zeros and ties are common
        chosen = rng.random(classes) < 0.5
        rows = np.flatnonzero(chosen).tolist()
        lost = np.round(rng.normal(0, 2, classes), 1) if rng.random() < 0.5 else None
        seen = np.flatnonzero(present(bits, chosen, lost))
        calls.append(["seenOf", bits.tolist(), rows, None if lost is None else lost.tolist()])
        expected.append(seen.tolist())
        if rows:
            calls.append(["becameOf", bits.tolist(), rows])
            expected.append(became(bits, chosen))
        levels = {str(n): float(rng.normal()) for n in rng.permutation(41)[: int(rng.integers(1, 6))] + 1}
        count = int(rng.integers(1, 41))
        calls.append(["baselineOf", levels, count])
        expected.append(baseline_bits(levels, count))
    assert node.ask("compared", calls=calls) == expected
    assert node.ask("compared", calls=[["baselineOf", {}, 3]]) == [None]


@pytest.mark.parametrize(
    ("bits", "words"),
    [
        (2.06, "in it, +2.1 bits"),
        (0.5, "faintly in it, +0.5 bits"),
        (0.04, "faintly in it, +0.04 bits"),
        (-0.003, "unsure, -0.003 bits"),
        (0.0, "unsure, 0 bits"),
        (-0.4, "unsure, -0.4 bits"),
        (-2.0, "not in it, -2.0 bits"),
    ],
)
def test_bits_in_words(node: Node, bits: float, words: str) -> None:
    assert node.ask("said", calls=[["bitsWords", bits]]) == [words]


TITLES = ("Blend", "Centre of mass", "Eigen-image", "Plain average")
LETTERS = ((15, 0.225), (9, 0.31), (18, 0.078), (18, 0.078))
"""What the four pictures of all twenty characters show, in omniglot/label-guided-16."""


def test_one_verdict_over_all_pictures(node: Node) -> None:
    rng = np.random.default_rng(4)
    calls, expected = [], []
    for _ in range(600):
        n = int(rng.integers(0, 21))
        sharp = np.round(rng.choice([rng.random(4), 0.1 * rng.random(4), np.full(4, 0.145)]), int(rng.integers(2, 9)))
        counts = rng.integers(0, n + 1, 4)
        pictures = [Shown(*one) for one in zip(TITLES, counts.tolist(), sharp.tolist(), strict=True)]
        pictures = pictures[: int(rng.integers(1, 5))]
        given = [vars(one) for one in pictures]
        calls += [["comparison", n, given], ["answer", n, "digits", given], ["lookWord", float(sharp[0])]]
        expected += [comparison(n, pictures), answer(n, "digits", pictures), look_word(float(sharp[0]))]
        lower, found = sorted(rng.integers(0, n + 1, 2).tolist(), reverse=True)
        calls.append(["removal", n, lower, found])
        expected.append(removal(n, lower, found))
        said = expected[-4]
        for one in pictures[1:]:  # every picture is told of, and no word contradicts a figure
            assert not n or f"{one.title[0].lower()}{one.title[1:]}" in said.lower()
        if n and any(one.count > pictures[0].count for one in pictures):
            assert " more (" in said and f"the blend shows {pictures[0].count}, " in said
        else:
            assert " more (" not in said
    assert node.ask("said", calls=calls) == expected


def test_the_answer_for_twenty_letters_is_that_of_the_readme_and_of_the_pictures() -> None:
    model = shipped.model("omniglot/label-guided-16")
    recipe = model.blend(dict.fromkeys(model.card.classes, 50.0)).recipe
    readings = {"Blend": measure(model, recipe), **alternatives(model, recipe)}
    assert [(one.k, one.n) for one in readings.values()] == [(count, 20) for count, _ in LETTERS]
    assert all(min(one.without.values()) > 0 for one in readings.values() if one.without)
    shown = [Shown(title, one.k, one.sharpness) for title, one in readings.items()]
    assert answer(20, "characters", shown) == (
        "Can one picture show 20 characters? Nearly, and not sharply. The eigen-image and the plain average show more "
        "(18 of 20), as grey clouds; the blend shows 15, three times as sharp. The centre of mass shows fewer (9), "
        "more sharply."
    )
    readme, learn = ((ROOT / name).read_text() for name in ("README.md", "docs/learn/8_who_is_in_it.md"))
    for (count, _), one in zip(LETTERS, shown, strict=True):
        sharp = f"0.{one.hundredths:02}"
        assert f"{count} in\nthe" in readme or f"{count} in the" in readme
        assert f"({sharp})" in readme or f"sharpness {sharp}" in readme
        assert f"| {count} of 20 | 20 of 20 | {sharp} |" in learn
    assert "Nearly, and not sharply" in readme and "Nearly, and not sharply" in learn


def test_what_a_class_brings_in_words(node: Node) -> None:
    calls = [["lostWords", "8", 2.0, -1.5], ["lostWords", "8", -1.0, 1.0], ["lostWords", "8", 1.0, 1.01]]
    assert node.ask("said", calls=calls) == [
        "Without 8 its evidence falls from +2.0 to -1.5 bits: its share brings 3.5 bits.",
        "Without 8 its evidence rises from -1.0 to +1.0 bits: its share does not help it.",
        "Without 8 its evidence stays at +1.0 bits: its share leaves no trace.",
    ]


def test_mixtures_are_told_alike(node: Node) -> None:
    rng = np.random.default_rng(5)
    calls, expected = [], []
    for _ in range(300):
        names = drawn(rng)
        amounts = rng.choice([0.0, 1.0, 1.0, 7.0, 50.0, 1000.0], len(names))
        if amounts.sum():
            shares = (amounts / amounts.sum()).tolist()
            calls.append(["mixture", [class_name(name) for name in names], shares])
            expected.append(mixture(dict(zip(names, shares, strict=True))))
    assert node.ask("said", calls=calls) == expected


def test_mixtures_in_words(node: Node) -> None:
    calls = [
        ["mixture", ["3", "8"], [1.0, 0.0]],
        ["mixture", ["3", "8"], [0.5, 0.5]],
        ["mixture", ["3", "8", "0"], [1 / 3] * 3],
        ["mixture", ["3", "8", "0"], [0.004, 0.6, 0.396]],
        ["mixture", [str(i) for i in range(8)], [1 / 8] * 8],
    ]
    assert node.ask("said", calls=calls) == [
        "3",
        "3 and 8, half each",
        "3, 8 and 0, equal parts",
        "60 % 8, 40 % 0 and under 1 % 3",
        "0, 1, 2, 3 and 4 more, equal parts",
    ]


def test_short_names(node: Node) -> None:
    people = [f"Person {i}" for i in range(3)]
    assert node.ask("names", classes=people, symbols={}) == ["0", "1", "2"]
    letters = node.ask("names", classes=["Greek 1", "Korean 2"], symbols={"Greek 1": "α", "Korean 2": "ㄱ"})
    assert letters == ["α", "Korean 2"]  # not every machine has a font for the other
    assert node.ask("names", classes=["only one"], symbols={}) == ["only one"]
    for classes, symbols in [
        (people, {}), (["only one"], {}), (["Greek 1", "Korean 2"], {"Greek 1": "α", "Korean 2": "ㄱ"}),
        (["a b c", "a b d", "a b"], {"a b c": "é9!", "a b": "+"}), (["a b 1", "a c 1"], {}), ([" x", "y"], {}),
        (["a  1", "a  2"], {}), (["😀 a", "😀 b"], {"😀 a": "😀", "😀 b": "½"}), (["x", "x"], {}),
        *((card.classes, card.symbols) for card in shipped.library().dataset_cards.values()),
    ]:  # fmt: skip
        assert node.ask("names", classes=classes, symbols=symbols) == short_names(classes, symbols), classes


def test_the_picture_in_the_first_html_stands_in_boxes_that_the_page_has() -> None:
    """Class names of the server's copy of the Blend page, but for its own (first-...), are names of the page."""
    page = "\n".join(path.read_text() for part in ("blend", "ui") for path in (WEB / part).glob("*.js"))
    page += (ROOT / "pages" / "parts" / "headline.py").read_text() + (ROOT / "pages/parts/blend/view.py").read_text()
    body = first_picture({}).html.split("</style>")[1]
    named = {name for text in re.findall(r'class="([^"]+)"', body) for name in text.split()}
    assert len(named) > 10
    copied = [name for name in named if not name.startswith("first-")]
    assert [name for name in copied if not re.search(rf"(?<![\w-]){name}(?![\w-])", page)] == []
    with speaking("de"):
        german = first_picture({}).html.split("</style>")[1]
    assert 'alt="Blend of 0, 3, 8"' in body and 'alt="Mischung aus 0, 3, 8"' in german
    assert re.findall('base64,[^"]+', body) == re.findall('base64,[^"]+', german), "one picture, drawn once"
