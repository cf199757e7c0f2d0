"""Eigen-images: pictures as a mean picture plus a few ingredients; the same pictures by another model of equal size."""

import streamlit as st

from latent_core.artifacts import BrokenFolder
from latent_core.language import decimals, known, t, whole
from latent_core.models.spectrum import opposite, read_spectrum, squared_error
from latent_core.titles import model_title
from pages.parts import figures, loaders, state
from pages.parts.eigen.view import eigenview
from pages.parts.headline import headline, percent
from pages.parts.live_part import live_part

library = loaders.library()
view = state.view(library)
recipe = view.recipe
card = library.dataset_cards[recipe.data]

headline(t("Every picture is a mean picture plus a few ingredients. Slide, and watch pictures come back."))
st.markdown(
    t(
        "An **eigen-image** picture is built from a mean picture plus a few *ingredients*. Each ingredient is a "
        "picture too: a little of it is added, or taken away. The first one explains most of how the pictures differ, "
        "the next one most of what is left, and so on."
    )
)

try:
    linear = loaders.model(f"{recipe.data}/{card.linear}")
    spectrum = read_spectrum(linear)
except BrokenFolder as problem:
    sentence = t(
        "{dataset} has no eigen-images that can be shown. {problem}", dataset=known(card.title), problem=problem
    )
    st.warning(sentence, icon=":material/broken_image:")
    st.stop()

name = opposite(library, recipe.data, recipe.model)
try:
    vae = loaders.model(f"{recipe.data}/{name}") if name else None
except BrokenFolder as problem:
    st.warning(str(problem), icon=":material/broken_image:")
    vae = None


def pictures(now: state.View) -> None:
    """What moves with k."""
    try:
        eigenview(now, library, linear, vae)
    except (BrokenFolder, ValueError) as problem:
        st.warning(t("The pictures cannot be shown. {problem}", problem=problem), icon=":material/broken_image:")


live_part(library, view, pictures)

held = spectrum.cumulative
some = min(10, len(held))
worth = {"one": percent(held[0]), "few": some, "together": percent(held[some - 1])}
st.subheader(t("How much each ingredient is worth"), anchor=False)
st.markdown(
    t(
        "The first ingredient explains {one} of how {dataset} differ from one another, the first {few} explain "
        "{together}, and all {all} that ship {whole}. The rest is fine detail.",
        **worth,
        dataset=known(card.title),
        all=len(held),
        whole=percent(held[-1]),
    )
)
st.plotly_chart(
    figures.spectrum(spectrum.share),
    key="spectrum",
    alt=t("Share of variance by component, from {one}; the first {few} together hold {together}.", **worth),
    config=figures.config(),
)


def equal(one: figures.Measured) -> str:
    """Error of eigen-images that keep as many numbers as a VAE."""
    return decimals(spectrum.error[min(one.size, len(held))], 4)


def told(one: figures.Measured) -> dict[str, str]:
    """What its sentence says of a VAE."""
    return {"model": one.title, "error": decimals(one.error, 4)}


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table: a plain one that everybody can read, and no data frame to make for it."""
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [head, ["---"] * len(head), *rows])


vaes = [library.model_cards[f"{recipe.data}/{other}"] for other in library.models(recipe.data)]
points = [
    figures.Measured(model_title(one.title), one.latent.size, squared_error(one)[0])
    for one in vaes
    if one.kind == "vae" and one.places == "encoded" and squared_error(one)[1]
]
if points:
    st.subheader(t("Error against size"), anchor=False)
    st.markdown(
        t(
            "The line is the error of eigen-images that keep k numbers; each dot is a VAE. Both rebuild the same "
            "{n} test pictures. A dot below the line is a VAE that says more with as many numbers.",
            n=whole(spectrum.n),
        )
    )
    st.plotly_chart(
        figures.error_by_size(spectrum.error, points, model_title(vae.card.title) if vae else ""),
        key="error_by_size",
        alt="; ".join(
            t("{model}: error {error}, eigen-images of its size {equal}", **told(one), equal=equal(one))
            for one in points
        ),
        config=figures.config(),
    )

with st.expander(t("The same figures as tables"), icon=":material/table:"):
    st.markdown(
        table(
            [t("components kept"), t("this one##component"), t("together"), t("error a pixel")],
            [
                [f"{i + 1}", percent(spectrum.share[i], 2), percent(held[i]), decimals(spectrum.error[i + 1], 4)]
                for i in range(len(held))
            ],
        )
    )
    if points:
        rows = [[one.title, f"{one.size}", decimals(one.error, 4), equal(one)] for one in points]
        head = ["VAE", t("numbers"), t("its error a pixel"), t("eigen-images of its size")]
        st.markdown(table(head, rows))

maths = [
    t(
        "Eigen-images are **principal component analysis** (PCA) of the pixels (Turk and Pentland, 1991, called them "
        "eigenfaces). Write a picture as a row $x$ of pixels, 0 to 1. Over the training pictures let $m$ be the mean "
        r"and $C = \frac1N \sum_i (x_i - m)^\top (x_i - m)$ the covariance. Its eigenvectors $v_1, v_2, \dots$, sorted "
        r"by eigenvalue $\lambda_1 \ge \lambda_2 \ge \dots$, are the ingredients."
    ),
    t(
        r"$$z_j = (x - m)\cdot v_j \qquad \hat x_k = m + \sum_{j=1}^{k} z_j v_j \qquad "
        r"\text{share of } v_j = \frac{\lambda_j}{\sum_i \lambda_i}$$"
    ),
    t(
        "The first $k$ eigenvectors give the smallest mean squared error that any $k$ directions can give, so this is "
        "the best *linear* autoencoder. A VAE (variational autoencoder) bends its directions. The error under a "
        r"picture is $\frac1P \lVert x - \hat x \rVert^2$ over its $P$ pixels, after clipping $\hat x$ to 0..1."
    ),
    t(
        "Both maps are linear, so the mean of pictures has the mean of their coordinates. That is why the eigen-image "
        "of a blend comes close to the plain average as $k$ grows: it can only cross-fade."
    ),
    t(
        r"A class's eigen-coordinate on component $j$ is $(\bar z_{cj} - \bar z_j) / s_j$: its mean score, from the "
        "mean of all pictures, in standard deviations $s_j$ of all pictures."
    ),
]
with st.expander(t("Show the maths"), icon=":material/function:"):
    st.markdown("\n\n".join(maths))
