from dataclasses import dataclass

from antidote_host.labeled_set import LabeledSet
from antidote_host.model_card import ModelCard
from antidote_host.weights import Weights


@dataclass(frozen=True)
class Task:
    """What `train` is given."""

    train: LabeledSet
    model: ModelCard
    init: Weights | None
    """Weights to start from, where the task gives some."""
