"""The command `train`: everything from pictures to a finished model folder."""

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Annotated, Any

import tyro

from latent_core.commands.checks import RUNS, Root, at_least
from latent_core.training import presets


def train_command(slug: str | None) -> Callable[..., Iterator[str]]:
    """The `train` command; its flags are the objective's own fields, with the model's preset as defaults.

    Args:
        slug: the model asked for, as the flags depend on it; None for the general help.
    """
    plan = presets.preset(slug or "mnist/elbo-10")
    from latent_core.training import networks, objectives

    kind: Any = None if plan.objective == presets.LINEAR else objectives.kind(plan.objective)
    fitting = networks.trainable(kind.latent_kind, kind.likelihood) if kind else [plan.network]
    usual = kind(**plan.fields) if kind else None
    own: Any = Annotated[kind, tyro.conf.arg(name="")] if kind else Annotated[None, tyro.conf.Suppress]

    def train(
        slug: tyro.conf.Positional[str],
        /,
        *,
        objective: own = usual,
        epochs: int = plan.epochs,
        batch: int = plan.batch,
        learning_rate: float = plan.learning_rate,
        decay: float = plan.decay,
        network: str = plan.network,
        width: int = plan.width,
        augment: bool = plan.augment,
        bf16: bool = plan.bf16,
        ema_decay: float = plan.ema_decay,
        rotate: bool = plan.rotate,
        seed: int = plan.seed,
        root: Root = None,
        models: Root = None,
        runs: Path = RUNS,
        threads: int = 1,
    ) -> Iterator[str]:
        """Train a model, encode its dataset, project it, export it and write its folder; a killed run goes on.

        Args:
            slug: DATASET/OBJECTIVE-LATENT, such as mnist/elbo-10; a shipped name has the settings it shipped with.
            objective: what the model is trained to do.
            epochs: passes over the training pictures.
            batch: pictures a step.
            learning_rate: Adam's step size.
            decay: share of the steps, at the end, over which the learning rate falls to 0.
            network: mlp, conv, or another that the objective can train.
            width: hidden units (mlp) or channels (the others).
            augment: mirror and shift the pictures a little.
            bf16: matrix products in bfloat16.
            ema_decay: of the moving average of weights that ships, such as 0.999; 0 ships the last weights.
            rotate: turn the latents, at the end, to the axes along which classes vary most independently.
            seed: of the weights, the order of the pictures and the noise.
            root: folder to search for the raw files; without it they are downloaded.
            models: folder to write to instead of models/.
            runs: folder for checkpoints and intermediate files.
            threads: of torch; only 1 gives the same bits on every run.
        """
        at_least(1, epochs=epochs, batch=batch, width=width, threads=threads)
        if not 0 < learning_rate < 1 or not 0 <= decay <= 1 or seed < 0:
            raise ValueError("--learning-rate must lie between 0 and 1, --decay from 0 to 1, and --seed from 0 upwards")
        if not 0 <= ema_decay < 1:
            raise ValueError(f"--ema-decay is a share from 0 to below 1, such as 0.999; it was {ema_decay:g}")
        if rotate and not (objective and objective.rotation_invariant):
            raise ValueError(f"--rotate needs an objective of distances only, such as mmd; not {plan.objective}")
        if network not in fitting:
            raise LookupError(f"{plan.objective} trains no network '{network}'; it trains {fitting}")
        chosen = replace(
            plan, fields={field.name: getattr(objective, field.name) for field in fields(objective)} if kind else {},
            epochs=epochs, batch=batch, learning_rate=learning_rate, decay=decay, network=network, width=width,
            augment=augment, bf16=bf16, ema_decay=ema_decay, rotate=rotate, seed=seed,
        )  # fmt: skip
        from latent_core.commands.items import make_model
        from latent_core.training import pictures

        found = pictures.load(presets.split_slug(slug)[0], root)
        yield from make_model(slug, chosen, found, models, runs, threads)

    return train
