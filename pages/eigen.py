"""Eigen-images: pictures as a mean picture plus a few ingredients; the same pictures by another model of equal size."""

import streamlit as st

from latent_core.artifacts import BrokenFolder
from latent_core.models.spectrum import opposite, read_spectrum, squared_error
from pages.parts import figures, loaders, state
from pages.parts.eigen.view import eigenview
from pages.parts.headline import headline, percent

library = loaders.library()
view = state.view(library)
recipe = view.recipe
card = library.dataset_cards[recipe.data]

headline("Every picture is a mean picture plus a few ingredients. Slide, and watch pictures come back.")
st.markdown(
    "An **eigen-image** picture is built from a mean picture plus a few *ingredients*. Each ingredient is a picture "
    "too: a little of it is added, or taken away. The first one explains most of how the pictures differ, the next one "
    "most of what is left, and so on."
)

try:
    linear = loaders.model(f"{recipe.data}/{card.linear}")
    spectrum = read_spectrum(linear)
except BrokenFolder as problem:
    st.warning(f"{card.title} has no eigen-images that can be shown. {problem}", icon=":material/broken_image:")
    st.stop()

name = opposite(library, recipe.data, recipe.model)
try:
    vae = loaders.model(f"{recipe.data}/{name}") if name else None
except BrokenFolder as problem:
    st.warning(str(problem), icon=":material/broken_image:")
    vae = None


@st.fragment
def pictures() -> None:
    """What moves with k, on its own: letting the slider go runs this and nothing else of the page."""
    try:
        eigenview(state.view(library), library, linear, vae)
    except (BrokenFolder, ValueError) as problem:
        st.warning(f"The pictures cannot be shown. {problem}", icon=":material/broken_image:")


pictures()

held = spectrum.cumulative
some = min(10, len(held))
st.subheader("How much each ingredient is worth", anchor=False)
st.markdown(
    f"The first ingredient explains {percent(held[0])} of how {card.title} differ from one another, the first {some} "
    f"explain {percent(held[some - 1])}, and all {len(held)} that ship {percent(held[-1])}. The rest is fine detail."
)
st.plotly_chart(
    figures.spectrum(spectrum.share),
    key="spectrum",
    alt=f"Share of variance by component, from {percent(held[0])}; "
    f"the first {some} together hold {percent(held[some - 1])}.",
    config=figures.CONFIG,
)


def equal(one: figures.Measured) -> str:
    """Error of eigen-images that keep as many numbers as a VAE."""
    return f"{spectrum.error[min(one.size, len(held))]:.4f}"


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table: a plain one that everybody can read, and no data frame to make for it."""
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [head, ["---"] * len(head), *rows])


vaes = [library.model_cards[f"{recipe.data}/{other}"] for other in library.models(recipe.data)]
points = [
    figures.Measured(one.title, one.latent.size, squared_error(one)[0])
    for one in vaes
    if one.kind == "vae" and one.places == "encoded" and squared_error(one)[1]
]
if points:
    st.subheader("Error against size", anchor=False)
    st.markdown(
        f"The line is the error of eigen-images that keep k numbers; each dot is a VAE. Both rebuild the same "
        f"{spectrum.n:,} test pictures. A dot below the line is a VAE that says more with as many numbers."
    )
    st.plotly_chart(
        figures.error_by_size(spectrum.error, points, vae.card.title if vae else ""),
        key="error_by_size",
        alt="; ".join(f"{one.title}: error {one.error:.4f}, eigen-images of its size {equal(one)}" for one in points),
        config=figures.CONFIG,
    )

with st.expander("The same figures as tables", icon=":material/table:"):
    st.markdown(
        table(
            ["components kept", "this one", "together", "error a pixel"],
            [
                [f"{i + 1}", f"{percent(spectrum.share[i], 2)}", f"{percent(held[i])}", f"{spectrum.error[i + 1]:.4f}"]
                for i in range(len(held))
            ],
        )
    )
    if points:
        rows = [[one.title, f"{one.size}", f"{one.error:.4f}", equal(one)] for one in points]
        st.markdown(table(["VAE", "numbers", "its error a pixel", "eigen-images of its size"], rows))

with st.expander("Show the maths", icon=":material/function:"):
    st.markdown(
        r"""
Eigen-images are **principal component analysis** (PCA) of the pixels (Turk and Pentland, 1991, called them eigenfaces).
Write a picture as a row $x$ of pixels, 0 to 1. Over the training pictures let $m$ be the mean and
$C = \frac1N \sum_i (x_i - m)^\top (x_i - m)$ the covariance. Its eigenvectors $v_1, v_2, \dots$, sorted by eigenvalue
$\lambda_1 \ge \lambda_2 \ge \dots$, are the ingredients.

$$z_j = (x - m)\cdot v_j \qquad \hat x_k = m + \sum_{j=1}^{k} z_j v_j \qquad
\text{share of } v_j = \frac{\lambda_j}{\sum_i \lambda_i}$$

The first $k$ eigenvectors give the smallest mean squared error that any $k$ directions can give, so this is the best
*linear* autoencoder. A VAE (variational autoencoder) bends its directions. The error under a picture is
$\frac1P \lVert x - \hat x \rVert^2$ over its $P$ pixels, after clipping $\hat x$ to 0..1.

Both maps are linear, so the mean of pictures has the mean of their coordinates. That is why the eigen-image of a blend
comes close to the plain average as $k$ grows: it can only cross-fade.

A class's eigen-coordinate on component $j$ is $(\bar z_{cj} - \bar z_j) / s_j$: its mean score, from the mean of all
pictures, in standard deviations $s_j$ of all pictures.
"""
    )
