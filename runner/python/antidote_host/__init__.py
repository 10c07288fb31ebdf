"""What a defense in Python is given: the poisoned training set, a host that trains, and the gradients of a step.

A defense is a file with exactly one of three functions:

    def filter(train: LabeledSet, host: Host) -> np.ndarray: ...      # one weight in [0, 1] per row, [n]
    def shape(step: Step, host: Host) -> Gradient: ...                # the gradient that a step takes
    def train(task: Task, host: Host) -> "nn.Module | Weights | list": ...  # the trained model; a list is an ensemble

It never sees which rows are poison, the test set, the target, the trigger or the trial's seed.
"""

from antidote_host.defense_failed import DefenseFailed
from antidote_host.host import Host
from antidote_host.labeled_set import LabeledSet
from antidote_host.model_card import Layer, ModelCard
from antidote_host.recipe import Recipe
from antidote_host.step import Gradient, Step
from antidote_host.task import Task
from antidote_host.weights import Weights

__all__ = [
    "DefenseFailed",
    "Gradient",
    "Host",
    "LabeledSet",
    "Layer",
    "ModelCard",
    "Recipe",
    "Step",
    "Task",
    "Weights",
]
