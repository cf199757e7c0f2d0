"""The commands `encode`, `project`, `export`, `verify` and `upgrade`, each over any number of models."""

from collections.abc import Iterator
from pathlib import Path

from latent_core import artifacts
from latent_core.commands.checks import RUNS, Failed, Root, Slugs, model_names
from latent_core.commands.progress import item
from latent_core.training import presets


def encode(names: Slugs, /, root: Root = None, models: Root = None, runs: Path = RUNS) -> Iterator[str]:
    """Encode a dataset's pictures by trained models: latents and class statistics.

    Args:
        names: models, such as mnist/elbo-10, trained in runs/ or shipped in models/.
        root: folder to search for the raw files; without it they are downloaded.
        models: folder of finished models instead of models/.
        runs: folder for intermediate files.
    """
    from latent_core.training import pictures
    from latent_core.training.steps import stages

    for slug in model_names(names):
        found = pictures.load(presets.split_slug(slug)[0], root)
        with artifacts.alone(runs / slug, f"{slug} is being made"):
            stages.borrow(slug, runs / slug, models)
            with item(slug, {"encoding": 1}) as bar:
                bar.begin("encoding")
                stages.encode(found, runs / slug)
        yield f"{runs / slug} now has latents and class statistics; next: project {slug}"


def project(names: Slugs, /, models: Root = None, runs: Path = RUNS, seed: int = 1) -> Iterator[str]:
    """Project encoded rows to maps: principal components, and UMAP in two and three dimensions.

    Args:
        names: models, such as mnist/elbo-10, encoded in runs/ or shipped in models/.
        models: folder of finished models instead of models/.
        runs: folder for intermediate files.
        seed: of UMAP.
    """
    from latent_core.training.steps import stages

    for slug in model_names(names):
        with artifacts.alone(runs / slug, f"{slug} is being made"):
            stages.borrow(slug, runs / slug, models)
            with item(slug, {"projecting": 1}) as bar:
                bar.begin("projecting")
                stages.project(runs / slug, seed)
        yield f"{runs / slug} now has its maps; next: export {slug}"


def export(names: Slugs, /, root: Root = None, models: Root = None, runs: Path = RUNS) -> Iterator[str]:
    """Export trained, encoded and projected models to ONNX, measure them and write their folders.

    Args:
        names: models, such as mnist/elbo-10.
        root: folder to search for the raw files, which the measures need; without it they are downloaded.
        models: folder to write to instead of models/.
        runs: folder with the results of the earlier steps.
    """
    from latent_core.commands.items import written
    from latent_core.training import pictures
    from latent_core.training.steps import publish, stages

    for slug in model_names(names):
        found = pictures.load(presets.split_slug(slug)[0], root)
        with artifacts.alone(runs / slug, f"{slug} is being made"):
            stages.borrow(slug, runs / slug, models)
            with item(slug, {"measuring": 1}) as bar:
                bar.begin("measuring")
                card = publish.publish(slug, found, runs / slug, models)
        yield from written(card, found, models)


def verify(names: Slugs, /, models: Root = None) -> Iterator[str]:
    """Check every file and what is in it, score judges, rebuild pictures as cards say, and compare torch with ONNX.

    All models, and what datasets share, are looked at, whatever is wrong with one; exit code 1 if anything is.

    Args:
        names: models, such as mnist/elbo-10; none means every model there is.
        models: folder to look into instead of models/.
    """
    from latent_core.training.steps import verifying, verifying_shared

    shipped = [slug for name in artifacts.list_datasets(models) for slug in artifacts.list_models(name, models)]
    slugs = list(names) or shipped
    if not slugs:
        raise LookupError(f"there are no models in {models or artifacts.models_root()}")
    bad: list[str] = []
    for slug in [*dict.fromkeys(slug.split("/", 1)[0] for slug in slugs), *slugs]:
        check = verifying.verify if "/" in slug else verifying_shared.verify_shared
        try:
            with item(slug, {"checking": 1}) as bar:
                bar.begin("checking")
                found = check(slug, models)
            yield f"{slug}: {found}"
        except (verifying.Differs, artifacts.BrokenFolder) as error:
            bad.append(str(error))
            yield f"{slug}: wrong"
    if bad:
        raise Failed("\n".join(dict.fromkeys(bad)))


def upgrade(models: Root = None) -> Iterator[str]:
    """Write every dataset's and model's folder in today's format; graphs and arrays stay as they are, byte for byte.

    Args:
        models: folder of models instead of models/.
    """
    base = models or artifacts.models_root()
    for dataset in artifacts.list_datasets(models):
        for slug in (dataset, *artifacts.list_models(dataset, models)):
            before, after = artifacts.upgrade(slug, models)
            if before != after:
                yield f"{slug}: {before} bytes are now {after}"
    yield f"every folder in {base} has format {artifacts.FORMAT}"
