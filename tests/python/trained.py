"""A small labelled set, cards and hosts for the tests of the engine."""

from typing import Literal

import numpy as np
from antidote_host.engine import Streams
from antidote_host.host import Host
from antidote_host.labeled_set import LabeledSet
from antidote_host.model_card import ModelCard
from antidote_host.models import model_card
from antidote_host.recipe import Recipe

STREAMS = Streams(*(bytes([place]) * 32 for place in range(1, 5)))
MODELS = [("lr", (6, 6, 1)), ("mlp-16", (6, 6, 3)), ("mlp-12-8", (20,)), ("cnn", (8, 8, 1)), ("resnet-9", (8, 8, 3))]


def card_of(model: str, shape: tuple[int, ...], **changes: object) -> ModelCard:
    recipe = {"optimizer": "sgd", "momentum": 0.9, "learning_rate": 0.05, "schedule": "cosine", "weight_decay": 0.0}
    recipe |= {"sampling": "poisson", "batch_size": 8, "steps": 6} | changes
    return model_card(model, shape, 4, Recipe("test", **recipe))  # type: ignore[arg-type]


def host_of(model: str, shape: tuple[int, ...], **changes: object) -> Host:
    return Host(card_of(model, shape, **changes), STREAMS)


def rows_of(shape: tuple[int, ...], n: int = 40) -> LabeledSet:
    rng = np.random.default_rng(7)
    y = rng.integers(0, 4, n).astype(np.int32)
    x = np.clip(rng.normal(40 + 50 * y.reshape(n, *[1] * len(shape)), 30, (n, *shape)), 0, 255).astype(np.uint8)
    return LabeledSet(n, 4, shape, 255, x, y)


Sampling = Literal["poisson", "shuffle"]
