"""Model and dataset folders at rest: typed cards, atomic writing, verified opening."""

from latent_core.artifacts.card import (
    FORMAT,
    CardError,
    DatasetCard,
    FileFact,
    JudgeFacts,
    Metric,
    ModelCard,
    Named,
    Thumbs,
    changed,
)
from latent_core.artifacts.store import (
    BrokenFolder,
    folder_of,
    list_datasets,
    list_models,
    models_root,
    open_dataset,
    open_model_card,
    read_arrays,
    read_bytes,
    write_folder,
)

__all__ = [
    "FORMAT",
    "BrokenFolder",
    "CardError",
    "DatasetCard",
    "FileFact",
    "JudgeFacts",
    "Metric",
    "ModelCard",
    "Named",
    "Thumbs",
    "changed",
    "folder_of",
    "list_datasets",
    "list_models",
    "models_root",
    "open_dataset",
    "open_model_card",
    "read_arrays",
    "read_bytes",
    "write_folder",
]
