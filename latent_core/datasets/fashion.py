"""Fashion-MNIST: 70,000 pictures of clothes, 28x28 grey; Xiao, Rasul and Vollgraf 2017; MIT licence."""

from pathlib import Path

from latent_core.datasets import About, LabelledImages, Split
from latent_core.datasets._raw import idx_split

ABOUT = About(
    title="Fashion-MNIST clothes",
    what="Small grey photographs of ten kinds of clothes, shoes and bags from a shop's catalogue.",
    source="https://github.com/zalandoresearch/fashion-mnist",
    licence="MIT",
    credit="Zalando Research (Han Xiao, Kashif Rasul, Roland Vollgraf)",
    linear="linear-50",
    default_model="mmd-16",
    classifier_steps=8000,
    start=("Sneaker", "Ankle boot", "Bag"),
)
NAMES = ("T-shirt", "Trousers", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot")


def load(root: Path | None, split: Split) -> LabelledImages:
    """60,000 training or 10,000 test pictures in the order of the original files."""
    images, labels = idx_split(root, split, "FashionMNIST", (9, 0, 0, 3, 0, 2, 7, 2), "Fashion-MNIST")
    return LabelledImages(images, labels, NAMES)
