"""A toy in which everything is known: each class is a square of its own, and a judge that reads each square's light."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from latent_core.artifacts import JudgeFacts
from latent_core.evidence import Judge
from latent_core.graphs.graph import Graph
from latent_core.models.model import Blend
from latent_core.recipes.recipe import Recipe

SIDE = 3
"""Pixels of a class's square; the squares stand side by side, so a picture is (1, SIDE, SIDE * classes)."""
BITS = 10.0
"""Bits that a full square has more than an empty one."""


def names(classes: int) -> list[str]:
    return [chr(ord("a") + k) for k in range(classes)]


def judge(classes: int, threshold: float | np.ndarray = 0.3) -> Judge:
    """bits_k = BITS (light of square k, 0..1, - threshold): a real graph with one matrix in it."""
    square = np.kron(np.eye(classes), np.ones((1, SIDE)))  # (classes, SIDE * classes), a row of the picture
    weights = np.tile(square[:, None], (1, SIDE, 1)).reshape(classes, -1).T * BITS / SIDE**2
    bias = -BITS * np.broadcast_to(threshold, classes)
    held = {"weights": weights, "bias": bias}
    graph = helper.make_graph(
        [
            helper.make_node("Flatten", ["pictures"], ["flat"]),
            helper.make_node("MatMul", ["flat", "weights"], ["light"]),
            helper.make_node("Add", ["light", "bias"], ["bits"]),
        ],
        "judge",
        [helper.make_tensor_value_info("pictures", TensorProto.FLOAT, ["n", 1, SIDE, SIDE * classes])],
        [helper.make_tensor_value_info("bits", TensorProto.FLOAT, ["n", classes])],
        [numpy_helper.from_array(value.astype(np.float32), name) for name, value in held.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(model)
    return Judge(Graph(model.SerializeToString(), "toy judge"), names(classes))


class Toy:
    """A model whose blend lights class k's square with min(1, strength_k share_k).

    strength: (classes,) how loud each class is; judge and guide may be replaced, as may groups behind the classes,
    which light the whole picture a little.
    """

    def __init__(self, strength: list[float], groups: tuple[str, ...] = (), threshold: float = 0.3) -> None:
        self.strength, self.classes, self.made = np.array(strength), names(len(strength)), 0
        own = judge(len(strength), threshold)
        look = {"contrast": 1.0, "width": 3.0, "ink": 0.5}
        facts = JudgeFacts(classes=self.classes, real=look, baseline_bits={"1": -3.0, "3": -1.0})
        self.groups = groups
        card = SimpleNamespace(judge=facts, linear="none-1", classes=[*self.classes, *groups])
        ground = np.zeros(1, np.float32)
        self.dataset = SimpleNamespace(judge=own, guide=own, unjudged="", card=card, slug="toy", ground=ground)
        self.slug = "toy/toy-1"

    def recipe(self, amounts: dict[str, float]) -> Recipe:
        return Recipe("toy", "toy-1", tuple(amounts.items()), method="centre_of_mass")

    def plain_average(self, shares: dict[str, float]) -> np.ndarray:
        light = [min(1.0, loud * shares.get(k, 0)) for k, loud in zip(self.classes, self.strength, strict=True)]
        veil = sum(share for name, share in shares.items() if name not in self.classes) / 10
        return np.kron(np.array([light]), np.ones((SIDE, SIDE)))[None].clip(veil, 1).astype(np.float32)

    def make(self, recipe: Recipe) -> Blend:
        self.made += 1
        return Blend(self.plain_average(recipe.shares()), np.zeros(1, np.float32), replace(recipe))
