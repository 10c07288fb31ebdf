"""Draws are those of the runner's engines in TypeScript: both are held to tests/fixtures/draws.json."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pytest
from antidote_host.draws.batches import batches_of
from antidote_host.draws.initial import initial_weights
from antidote_host.draws.rates import learning_rates
from antidote_host.draws.rng import Rng
from antidote_host.model_card import Layer, ModelCard
from antidote_host.models import weight_shapes
from antidote_host.recipe import Recipe

FIXTURE: dict[str, Any] = json.loads((Path(__file__).parent.parent / "fixtures/draws.json").read_text())
ROOT = Rng(bytes.fromhex(FIXTURE["stream"]))
RECIPE = Recipe("draws", "sgd", 0.9, 0.1, "cosine", 0, "poisson", 64, 10)


def test_numbers_are_the_same_bits() -> None:
    rng = ROOT.fork("numbers")
    assert [rng.uniform() for _ in range(5)] == FIXTURE["uniforms"]
    assert rng.below(np.full(5, 3_000_000_000, np.int64)).tolist() == FIXTURE["below"]


def test_draws_of_a_block_follow_each_other_as_one_generator_gives_them() -> None:
    single, many = ROOT.fork("blocks"), ROOT.fork("blocks")
    assert np.array_equal(np.concatenate([single.words(7) for _ in range(10_000)]), many.words(70_000))


@pytest.mark.parametrize(("sampling", "n", "size"), [("poisson", 40, 4), ("shuffle", 10, 4)])
def test_batches_are_the_same_rows(sampling: Literal["poisson", "shuffle"], n: int, size: int) -> None:
    draw = batches_of(sampling, n, size, ROOT.fork(f"{sampling} {n}"))
    assert [draw().tolist() for _ in FIXTURE[sampling]] == FIXTURE[sampling]


@pytest.mark.parametrize(("sampling", "times", "name"), [("poisson", 400, "manyPoisson"), ("shuffle", 100, "manyShuffled")])
def test_hundreds_of_batches_are_the_same_rows(sampling: Literal["poisson", "shuffle"], times: int, name: str) -> None:
    draw = batches_of(sampling, 12_000, 256, ROOT.fork(f"{sampling} 12000"))
    assert _hash(np.concatenate([draw() for _ in range(times)]).astype("<i4")) == FIXTURE[name]


@pytest.mark.parametrize(
    ("name", "layers", "shape"),
    [
        ("perceptron", [Layer("dense", 32, "relu")], (28, 28, 1)),
        ("convolution", [Layer("conv", 8, "relu"), Layer("dense", 16, "relu")], (8, 8, 3)),
    ],
)
def test_training_begins_with_the_same_weights(name: str, layers: list[Layer], shape: tuple[int, ...]) -> None:
    all_layers = [*layers, Layer("dense", 10, "linear")]
    card = ModelCard("draws", shape, tuple(all_layers), weight_shapes(all_layers, shape), RECIPE)
    weights = initial_weights(card, ROOT.fork("init"))
    assert _hash(np.concatenate([array.ravel() for array in weights.values()]).astype("<f4")) == FIXTURE[name]


def test_learning_rates_are_the_same_bits() -> None:
    assert learning_rates("cosine", 0.1, 5) == FIXTURE["rates"]


def test_a_training_set_without_rows_and_a_rate_of_one_are_drawn_whole() -> None:
    assert batches_of("poisson", 0, 4, ROOT)().tolist() == []
    assert batches_of("poisson", 3, 4, ROOT)().tolist() == [0, 1, 2]
    assert sorted(batches_of("shuffle", 3, 4, ROOT)().tolist()) == [0, 1, 2]


def _hash(array: "np.typing.NDArray[Any]") -> str:
    return sha256(array.tobytes()).hexdigest()
