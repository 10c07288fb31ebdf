"""Per-example gradients against the slow way: one backward pass of autograd for each row, in float64."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from antidote_host.defense_failed import DefenseFailed
from antidote_host.draws.initial import initial_weights
from antidote_host.draws.rng import Rng
from antidote_host.torch_engine import examples
from antidote_host.torch_engine.backward import Watched
from antidote_host.torch_engine.network import module_of
from antidote_host.torch_engine.step import TorchStep
from torch import Tensor, nn
from torch.nn import functional
from trained import MODELS, STREAMS, card_of, host_of, rows_of

ROWS = 7


class Both:
    """A step of the engine, and the gradients of its rows as autograd gives them in float64, [rows, parameters]."""

    def __init__(self, model: str, shape: tuple[int, ...], scale: float = 1.0) -> None:
        card = card_of(model, shape)
        weights = initial_weights(card, Rng(STREAMS.init))
        rng = np.random.default_rng(3)
        for name, array in weights.items():
            if not name.endswith("kernel"):
                weights[name] = (array + rng.normal(0, 0.2, array.shape)).astype(np.float32)
        train = rows_of(shape, ROWS)
        rows = scale * torch.from_numpy(train.x.astype(np.float32)) / 255
        self.rows = rows.permute(0, 3, 1, 2).contiguous() if rows.ndim == 4 else rows
        self.labels = torch.from_numpy(train.y.astype(np.int64))
        self.watched = Watched(module_of(card, weights))
        found = self.watched.examples(self.rows, self.labels, None)
        pairs = list(zip(self.watched.parts, found, strict=True))
        generator = torch.Generator().manual_seed(1)
        self.step = TorchStep(0, 8, train.y, pairs, self.watched.flat, generator)
        self.gradients = _slow(module_of(card, weights).double(), self.rows.double(), self.labels)


def _slow(network: nn.Module, rows: Tensor, labels: Tensor) -> Tensor:
    gradients: list[Tensor] = []
    for row, label in zip(rows, labels, strict=True):
        loss = functional.cross_entropy(network(row[None]), label[None], reduction="sum")
        parts = torch.autograd.grad(loss, list(network.parameters()))
        gradients.append(torch.cat([part.reshape(-1) for part in parts]))
    return torch.stack(gradients)


@pytest.fixture(params=["as it is", "by inner products of places"])
def convolutions(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second: as if every example's gradient were too large to be written out."""
    if request.param == "as it is":
        return
    begin: Callable[..., None] = examples.ConvExamples.__init__

    def never_written(self: Any, *arguments: Any) -> None:
        begin(self, *arguments)
        self._written = False

    monkeypatch.setattr(examples.ConvExamples, "__init__", never_written)


@pytest.mark.usefixtures("convolutions")
@pytest.mark.parametrize(("model", "shape"), MODELS)
class TestTheFastWay:
    def test_norms(self, model: str, shape: tuple[int, ...]) -> None:
        both = Both(model, shape)
        _close(both.step.norms(), both.gradients.norm(dim=1))

    def test_norms_by_layer(self, model: str, shape: tuple[int, ...]) -> None:
        both = Both(model, shape)
        for layer in range(len(card_of(model, shape).layers)):
            mine = [both.gradients[:, part.begin : part.end] for part in both.watched.parts if part.layer == layer]
            own = torch.cat([*mine, torch.zeros(ROWS, 1, dtype=torch.float64)], 1)
            _close(both.step.norms(layer), own.norm(dim=1))

    def test_dots(self, model: str, shape: tuple[int, ...]) -> None:
        both = Both(model, shape)
        direction = both.step.noise(0.3) * 2.0
        want = both.gradients @ direction.written().double()
        scale = both.gradients.norm(dim=1) * direction.norm()
        error = np.abs(both.step.dots(direction) - want.numpy()) / scale.numpy()
        assert error.max() <= 1e-6

    def test_sums_before_and_after_norms(self, model: str, shape: tuple[int, ...]) -> None:
        both = Both(model, shape)
        weights = np.linspace(-1, 2, ROWS).astype(np.float32)
        want = torch.from_numpy(weights).double() @ both.gradients
        for _ in range(2):
            got = both.step.sum(weights).written().double()
            assert float((got - want).norm() / want.norm()) <= 1e-6
            both.step.norms()

    def test_sums_of_a_layer_are_zero_elsewhere_and_add_up_to_the_sum(self, model: str, shape: tuple[int, ...]) -> None:
        both = Both(model, shape)
        weights = np.linspace(0, 1, ROWS).astype(np.float32)
        layers = range(len(card_of(model, shape).layers))
        total = sum((both.step.sum(weights, layer) for layer in layers), both.step.noise(0))
        assert torch.equal(total.written(), both.step.sum(weights).written())


def _close(got: "np.typing.NDArray[np.float32]", want: Tensor) -> None:
    assert np.abs(got - want.numpy()).max() <= 1e-6 * max(float(want.max()), 1e-30)


@pytest.mark.parametrize(("model", "shape"), MODELS)
def test_one_row_more_moves_a_clipped_sum_by_the_clipping_norm_at_most(model: str, shape: tuple[int, ...]) -> None:
    step = Both(model, shape).step
    clip = 0.3
    weights = np.minimum(1, clip / step.norms())
    for row in range(ROWS):
        alone = np.zeros(ROWS, np.float32)
        alone[row] = weights[row]
        assert step.sum(alone).norm() <= clip * (1 + 1e-6)


@pytest.mark.parametrize(("model", "shape"), MODELS)
def test_a_row_of_weight_zero_adds_nothing_even_where_it_is_not_finite(model: str, shape: tuple[int, ...]) -> None:
    both = Both(model, shape)
    both.rows[2] = torch.inf
    found = both.watched.examples(both.rows, both.labels, None)
    pairs = list(zip(both.watched.parts, found, strict=True))
    step = TorchStep(0, 8, np.zeros(ROWS, np.int32), pairs, both.watched.flat, torch.Generator())
    weights = np.ones(ROWS, np.float32)
    weights[2] = 0
    want = torch.cat([both.gradients[:2], both.gradients[3:]]).sum(0)
    assert float((step.sum(weights).written() - want).norm() / want.norm()) <= 1e-6
    with pytest.raises(DefenseFailed, match="row 2 of the batch is not finite"):
        step.sum(np.ones(ROWS, np.float32))


def test_gradients_are_an_algebra_that_changes_no_gradient() -> None:
    step = Both("mlp-16", (6, 6, 3)).step
    a, b = step.noise(1), step.noise(1)
    before = a.values.clone()
    assert torch.allclose((2 * a - b / 4 + a * 0).written(), 2 * a.values - b.values / 4, atol=1e-6)
    assert a.dot(b) == pytest.approx(float(a.values.double() @ b.values.double()))
    assert (-3 * a).norm() == pytest.approx(3 * float(a.values.double().norm()))
    assert torch.equal(a.values, before)
    assert torch.equal(step.median([a, b, a]).values, a.values)
    assert torch.allclose(step.median([a, b]).values, (a.values + b.values) / 2)


def test_what_is_no_gradient_or_not_finite_is_refused_in_words() -> None:
    step = Both("lr", (6, 6, 1)).step
    with pytest.raises(TypeError, match="a gradient that sum"):
        step.dots(np.ones(4))
    with pytest.raises(ValueError, match="one for each of the 7 rows"):
        step.sum(np.ones(6))
    with pytest.raises(DefenseFailed, match="a weight is not finite"):
        step.sum(np.full(ROWS, np.nan))
    with pytest.raises(ValueError, match="at least 0"):
        step.noise(-1)
    step.close()
    with pytest.raises(RuntimeError, match="step 0 is over"):
        step.norms()


def test_a_module_whose_gradients_are_not_known_is_refused() -> None:
    with pytest.raises(TypeError, match="BatchNorm2d"):
        examples.examples_of(nn.BatchNorm2d(3), torch.zeros(1), torch.zeros(1))


def test_a_shape_that_returns_no_gradient_fails_the_defense() -> None:
    host = host_of("lr", (6, 6, 1))
    with pytest.raises(DefenseFailed, match="no gradient at step 0"):
        host.fit(rows_of((6, 6, 1)), shape=lambda step, _: step.norms())  # type: ignore[arg-type,return-value]


