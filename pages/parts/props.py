"""The contract between Python and the browser: what each page's component is told, as typed records.

A component's `data` is made of `plain(props)`. `python -m pages.parts.declarations` writes the same types for
JavaScript into web/engine/props.d.ts; fields have one spelling on both sides. Files are not sent: the browser fetches
them by slug (web/engine/urls.js).
"""

from typing import Any, Literal

import msgspec

from latent_core.blends import Method
from latent_core.generators import Family


class Judge(msgspec.Struct, frozen=True, kw_only=True):
    """What reading a blend needs: contrast, stroke width and ink of real pictures, and the baseline bits of classes
    that are not in a blend, by the number of classes that are."""

    real: tuple[float, float, float]
    baseline: dict[str, float]


class DatasetRef(msgspec.Struct, frozen=True, kw_only=True):
    """A dataset: shape is (channels, height, width); components is the size of its linear model, 0 without one; nouns
    is what its classes are called ("digits").

    notes: MIDI numbers of the rows of its pictures, the top one first, where these are piano rolls; else none.
    unjudged: why nothing is said about what is in a blend, "" where there is a judge.
    halves: names of the left and the right half of its pictures, where these are two pictures side by side; else none.
    ground: the colour behind what is drawn, 0..1 for each channel. enlarge: how its pictures are enlarged at first.
    unpaintable: why nobody can paint where a class shows, "" where one can.
    """

    slug: str
    title: str
    nouns: str
    classes: list[str]
    symbols: dict[str, str]
    shape: tuple[int, int, int]
    components: int
    notes: list[int] = []
    judge: Judge | None = None
    unjudged: str = ""
    halves: list[str] = []
    ground: list[float]
    enlarge: Literal["crisp", "smooth"]
    unpaintable: str = ""


class ModelRef(msgspec.Struct, frozen=True, kw_only=True):
    """A model; called is what a model of its sort is, latent its number of dimensions, kind what they are (as on its
    card), and code how many of them make a code, 0 where it has none; ground as its dataset's."""

    slug: str
    title: str
    called: str
    latent: int
    kind: str
    linear: bool
    code: int
    ground: list[float]


class Moments(msgspec.Struct, frozen=True, kw_only=True):
    """Mean and standard deviation (latent,) of a group's latents in one model."""

    mean: list[float]
    std: list[float]


class GroupRef(msgspec.Struct, frozen=True, kw_only=True):
    """A visitor's group, which follows the dataset's classes.

    Its mean picture (pixels) as base64 of float32, its moments by the slug of each model on the page, and its rows as
    base64 of a bit field; what a page has no use for is left empty.
    """

    name: str
    picture: str = ""
    moments: dict[str, Moments] = {}
    rows: str = ""


class RecipeProps(msgspec.Struct, frozen=True, kw_only=True):
    """`Recipe.to_json()`: amounts by class name, and the rest of the recipe."""

    data: str
    model: str
    w: dict[str, float]
    theta: float
    n: int
    seed: int
    method: str
    depth: int
    k: int
    pattern: str
    where: str


class MadeProps(msgspec.Struct, frozen=True, kw_only=True):
    """A slower blend of the mixer's recipe: its picture as a data URL, the method's name, and how many came before it
    in this visit."""

    picture: str
    title: str
    times: int


class BlendProps(msgspec.Struct, frozen=True, kw_only=True):
    """The Blend page: `first` is what Reset goes back to, `picture` the server's blend as a data URL, in a page's first
    run alone, `told` what the server says about a recipe that was asked for; `centre` names the method of the small
    pictures; `controls` are those of a lesson (pages/parts/lessons.py), none where all are shown;
    `moves` where the dot goes round by itself until somebody touches something."""

    nonce: int
    told: str
    recipe: RecipeProps
    first: RecipeProps
    picture: str
    made: MadeProps | None = None
    dataset: DatasetRef
    model: ModelRef
    linear: ModelRef | None
    methods: list[Method]
    depths: list[str]
    centre: str
    controls: list[str]
    moves: bool
    groups: list[GroupRef]


class ThumbsRef(msgspec.Struct, frozen=True, kw_only=True):
    """The sheet of all pictures: file in the dataset's folder, tiles per line."""

    file: str
    columns: int
    kind: Literal["original", "reconstruction"]
    note: str


class MapChoice(msgspec.Struct, frozen=True, kw_only=True):
    """What a visitor sees on the map; `pages.parts.map.link.MapView` as the browser knows it."""

    projection: Literal["pca", "umap", "raw"]
    dims: int
    axes: list[int]
    chosen: list[str]
    pictures: bool
    marker: bool
    row: int | None


class MarkerPart(msgspec.Struct, frozen=True, kw_only=True):
    """A class of the blend: its share, and its centroid (latent,)."""

    name: str
    share: float
    z: list[float]


class Marker(msgspec.Struct, frozen=True, kw_only=True):
    """The blend on the map: its latent, its picture as a data URL, and its parts."""

    z: list[float]
    picture: str
    parts: list[MarkerPart]


class Alone(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a dataset whose pictures have halves: its latents where each half alone is shown, left and right."""

    row: int
    latents: list[list[float]]


class MapProps(msgspec.Struct, frozen=True, kw_only=True):
    """The Map page; rows is the number of points; alone: of the row that is looked at, where there are halves; origins:
    whether the dataset has a file of them; artists: those that it names."""

    nonce: int
    view: MapChoice
    dataset: DatasetRef
    model: ModelRef
    rows: int
    origins: bool
    artists: list[str]
    thumbs: ThumbsRef
    groups: list[GroupRef]
    group_limit: int
    marker: Marker
    alone: Alone | None


class SpectrumProps(msgspec.Struct, frozen=True, kw_only=True):
    """Of a linear model: each component's share of the variance, and the error per pixel of n test pictures by k."""

    share: list[float]
    error: list[float]
    n: int


class ErrorProps(msgspec.Struct, frozen=True, kw_only=True):
    """Squared error per pixel over n test pictures; None where it was not measured."""

    value: float | None
    n: int


class TestPictures(msgspec.Struct, frozen=True, kw_only=True):
    """Test pictures to rebuild: names, pixels as base64 of bytes, and their latents in both models, which were shown
    one half of them alone where `shown` is its name."""

    which: str
    draw: int
    shown: str
    originals: bool
    note: str
    names: list[str]
    pixels: str
    linear: list[list[float]]
    vae: list[list[float]]


class EigenProps(msgspec.Struct, frozen=True, kw_only=True):
    """The Eigen-images page; coordinates (chosen classes, components) in standard deviations."""

    nonce: int
    recipe: RecipeProps
    shares: dict[str, float]
    dataset: DatasetRef
    linear: ModelRef
    spectrum: SpectrumProps
    vae: ModelRef | None
    vae_error: ErrorProps
    method: Method
    centre: Method
    groups: list[GroupRef]
    pictures: TestPictures
    coordinates: list[list[float]]


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """How the Generate page draws: family, filter, mode."""

    family: str
    tau: float | None
    mode: str


class FamilyProps(msgspec.Struct, frozen=True, kw_only=True):
    """A family of generators, and why this model cannot use it, "" where it can."""

    family: Family
    why_not: str


class PrintedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the paper's Table 4: the model and form as it names them, theta and n where it prints one number."""

    model: str
    form: str
    cosine: float
    accuracy: float
    theta: float | None
    n: int


class OurRow(msgspec.Struct, frozen=True, kw_only=True):
    """What was found here: the model and its name, what was searched (in English, as
    settings that a browser keeps name it), how alike, and how right at the least; printed:
    the row of the paper that it is held against."""

    slug: str
    name: str
    form: str
    title: str
    cosine: float
    accuracy: float
    printed: int | None


class PaperProps(msgspec.Struct, frozen=True, kw_only=True):
    """The paper's Table 4 beside what was found here; family: of generators, which both draw by."""

    title: str
    authors: str
    link: str
    family: str
    printed: list[PrintedRow]
    ours: list[OurRow]


class GenerateProps(msgspec.Struct, frozen=True, kw_only=True):
    """The Generate page: rows are the classes that are drawn.

    `files` are the names of the optional files that the model has, by what they hold; `others` are models with a file
    named `curves` to compare with; `found` is what a search has found last; `classifier` is the share of real test
    pictures that the dataset's classifier names right, None where nobody measured it.
    """

    nonce: int
    recipe: RecipeProps
    way: Way
    start: float | None
    dataset: DatasetRef
    noun: str
    model: ModelRef
    files: dict[str, str]
    curves: str
    families: list[FamilyProps]
    rows: list[int]
    others: list[ModelRef]
    paper: PaperProps | None
    found: dict[str, Any] | None
    classifier: float | None


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A model on the Compare page: error is its squared error as on its card; averages_at the depths that its decoder
    can average at; what: its method in a sentence; note: what must be known of its pictures, "" where nothing; why: the
    sentence that stands in its place, "" where it can be opened."""

    name: str
    model: ModelRef
    what: str
    note: str
    error: ErrorProps
    averages_at: list[int]
    why: str


class CellProps(msgspec.Struct, frozen=True, kw_only=True):
    """A figure of one model, and its standard error, None where it is not known; best: it is marked."""

    value: float
    error: float | None
    best: bool


class FigureProps(msgspec.Struct, frozen=True, kw_only=True):
    """A figure of all models, a cell per model, None where its card does not say it; n pictures of a split; better:
    "lower", "higher" or ""."""

    what: str
    unit: str
    split: str
    n: int
    better: str
    cells: list[CellProps | None]


class PairProps(msgspec.Struct, frozen=True, kw_only=True):
    """Two models side by side: test pictures to rebuild, names, pixels as base64 of bytes, their latents in each, which
    was shown one half of them alone where `shown` is its name."""

    left: str
    right: str
    draw: int
    shown: str
    originals: bool
    note: str
    names: list[str]
    pixels: str
    latents: list[list[list[float]]]


class CompareProps(msgspec.Struct, frozen=True, kw_only=True):
    """The Compare page: `entries` are all models of the dataset, the first `len(figures[i].cells)` of them with a card;
    sort is how they stand, pair what is side by side, None where nothing can be, for the reason `unpaired`."""

    nonce: int
    recipe: RecipeProps
    dataset: DatasetRef
    entries: list[Entry]
    methods: list[Method]
    depths: list[str]
    groups: list[GroupRef]
    sort: str
    figures: list[FigureProps]
    pair: PairProps | None
    unpaired: str


class ChangeChoice(msgspec.Struct, frozen=True, kw_only=True):
    """So much of the way from one thing to another; see `DirectionsChoice`."""

    begin: str
    end: str
    amount: float


class MorphChoice(msgspec.Struct, frozen=True, kw_only=True):
    """From one thing to another, which way, and how far, 0 to 1."""

    begin: str
    end: str
    way: Literal["straight", "sphere", "data"]
    at: float


class CornersChoice(msgspec.Struct, frozen=True, kw_only=True):
    """Four things, and a place between them, each way 0 to 1."""

    things: list[str]
    across: float
    down: float


class DirectionsChoice(msgspec.Struct, frozen=True, kw_only=True):
    """What is set on the Directions page; `pages.parts.directions.link.DirectionsView` as the browser knows it.

    Things are names of classes as lists in links write them, or begin with a colon.
    """

    tool: Literal["steps", "numbers", "change", "morph", "corners", "parts"]
    start: str
    steps: list[tuple[str, float]]
    grid: Literal["near", "pc1", "pc3"]
    size: float
    change: ChangeChoice
    morph: MorphChoice
    corners: CornersChoice
    parts: list[str]
    further: bool


class BlockProps(msgspec.Struct, frozen=True, kw_only=True):
    """A named part of a latent: dimensions start .. end - 1."""

    name: str
    start: int
    end: int


class NumberName(msgspec.Struct, frozen=True, kw_only=True):
    """A number of a latent, from 0, follows what is called `factor`, which explains `share` of how it varies."""

    number: int
    factor: str
    share: float


class DirectionsProps(msgspec.Struct, frozen=True, kw_only=True):
    """The Directions page: rows is the number of pictures of the dataset, `parted` names its models whose latent has
    blocks."""

    nonce: int
    recipe: RecipeProps
    shares: dict[str, float]
    dataset: DatasetRef
    model: ModelRef
    method: Method
    sphere: Method
    groups: list[GroupRef]
    rows: int
    blocks: list[BlockProps]
    parted: list[str]
    named: list[NumberName]
    first: DirectionsChoice
    view: DirectionsChoice


class Tile(msgspec.Struct, frozen=True, kw_only=True):
    """A preset in the gallery; query is its link's, shown whether the mixer shows it, ground and enlarge as of its
    dataset; see `pages.parts.presets`."""

    key: str
    title: str
    query: str
    shown: bool
    ground: list[float]
    enlarge: Literal["crisp", "smooth"]


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """A preset in a presentation: what is asked, what is told, and all that its picture needs."""

    key: str
    title: str
    ask: str
    told: str
    recipe: RecipeProps
    dataset: DatasetRef
    model: ModelRef
    methods: list[Method]


class ShowingProps(msgspec.Struct, frozen=True, kw_only=True):
    """What stands below the mixer; stories only once a presentation has asked for them."""

    nonce: int
    tiles: list[Tile]
    stories: list[Story]
    depths: list[str]


class QuizProps(msgspec.Struct, frozen=True, kw_only=True):
    """The Quiz page: which of the two quizzes, the seed of its pictures, and the two classes of the second."""

    nonce: int
    recipe: RecipeProps
    dataset: DatasetRef
    model: ModelRef
    methods: list[Method]
    depths: list[str]
    kind: str
    turn: int
    between: list[str]


def plain(props: msgspec.Struct) -> dict[str, Any]:
    """The record as plain JSON values, for a component's `data`."""
    found: dict[str, Any] = msgspec.to_builtins(props)
    return found
