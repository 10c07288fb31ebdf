"""A training run of the engine torch, against PyTorch's own optimizer, against the runner's engines, and against itself."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from antidote_host import Gradient, Host, LabeledSet, Step
from antidote_host.defense_failed import DefenseFailed
from antidote_host.draws.batches import batches_of
from antidote_host.draws.rng import Rng
from antidote_host.engine import Streams
from antidote_host.models import model_card
from antidote_host.recipe import Recipe
from antidote_host.torch_engine.generator import generator_of
from antidote_host.weights import Weights
from torch.nn import functional
from trained import MODELS, STREAMS, card_of, host_of, rows_of

TWINS: dict[str, Any] = json.loads((Path(__file__).parent.parent / "fixtures/twins.json").read_text())


def endless_clip(step: Step, _host: Host) -> Gradient:
    """DP-SGD with C = ∞ and σ = 0."""
    return (step.sum(np.minimum(1, np.inf / step.norms())) + step.noise(0)) / step.expected_size


@pytest.mark.parametrize(("model", "shape"), MODELS)
def test_without_clipping_and_noise_dp_sgd_is_plain_sgd_of_pytorch_on_the_same_batches(
    model: str, shape: tuple[int, ...]
) -> None:
    train = rows_of(shape)
    host = host_of(model, shape, schedule="constant", weight_decay=0.01)
    shaped = host.fit(train, shape=endless_clip)
    network = host.model()
    sgd = torch.optim.SGD(network.parameters(), lr=0.05, momentum=0.9, weight_decay=0.01)
    x, y = host.tensors(train).tensors
    draw = batches_of("poisson", train.n, 8, Rng(STREAMS.batches))
    for _ in range(6):
        rows = torch.from_numpy(draw())
        sgd.zero_grad()
        (functional.cross_entropy(network(x[rows]), y[rows], reduction="sum") / 8).backward()
        sgd.step()
    _close(shaped, host.weights_of(network), 2e-6)


@pytest.mark.parametrize(("model", "shape"), MODELS)
def test_the_same_streams_give_the_same_bits_and_later_fits_other_ones(model: str, shape: tuple[int, ...]) -> None:
    train = rows_of(shape)
    one, two = host_of(model, shape), host_of(model, shape)
    first, again, second = one.fit(train), two.fit(train), one.fit(train)
    assert all(np.array_equal(first[name], again[name]) for name in first)
    assert any(not np.array_equal(first[name], second[name]) for name in first)
    noisy = [host_of(model, shape).fit(train, shape=lambda step, _: step.noise(0.1)) for _ in range(2)]
    assert all(np.array_equal(noisy[0][name], noisy[1][name]) for name in first)


@pytest.mark.parametrize("model", TWINS["models"])
def test_logits_agree_with_the_engine_in_typescript(model: str) -> None:
    root = Rng(bytes.fromhex(TWINS["stream"]))
    streams = Streams(*(root.fork(name).stream for name in ("init", "batches", "noise", "random")))
    x = root.fork("rows").words(96 * 72).view(np.uint8).reshape(96, 12, 12, 2).copy()
    train = LabeledSet(96, 4, (12, 12, 2), 255, x, np.arange(96, dtype=np.int32) % 4)
    targets = np.where(np.eye(4)[train.y] == 1, 0.625, 0.125)

    def logits(optimizer: str = "sgd", rate: float = 0.05, **options: Any) -> "np.typing.NDArray[np.float32]":
        recipe = Recipe("twins", optimizer, 0.9, rate, "cosine", 0.001, "poisson", 16, 12)  # type: ignore[arg-type]
        host = Host(model_card(model, (12, 12, 2), 4, recipe), streams)
        return host.logits(host.fit(train, **options), train.rows(np.arange(3))).ravel()

    want = {name: np.array(values) for name, values in TWINS["models"][model].items()}
    assert np.abs(logits(epochs=0) - want["first"]).max() <= 1e-6
    assert np.abs(logits() - want["trained"]).max() <= 2e-5
    assert np.abs(logits(targets=targets) - want["soft"]).max() <= 2e-5
    assert np.abs(logits("adam", 0.002) - want["adam"]).max() <= 2e-4


@pytest.mark.parametrize(("model", "shape"), MODELS)
def test_weights_go_out_and_come_in_unchanged_whatever_wraps_the_module(model: str, shape: tuple[int, ...]) -> None:
    host, train = host_of(model, shape), rows_of(shape)
    weights = host.fit(train, epochs=1)
    module = host.model(weights)
    wrapped = torch.nn.DataParallel(module.double().requires_grad_(True))
    for given in (module, wrapped):
        got = host.weights_of(given)
        assert all(np.array_equal(got[name], weights[name]) and got[name].flags.c_contiguous for name in weights)
    x, _ = host.tensors(train).tensors
    assert np.abs(module.float()(x).detach().numpy() - host.logits(weights, train)).max() <= 1e-5
    with pytest.raises(DefenseFailed, match=r"has no parameter .*a model of host\.model"):
        host.weights_of(torch.nn.ReLU())


def test_features_are_the_last_hidden_layer_and_the_input_where_there_is_none() -> None:
    train = rows_of((8, 8, 1))
    host = host_of("lr", (8, 8, 1))
    assert np.allclose(host.features(host.fit(train), train), train.x.reshape(40, -1) / 255)
    host = host_of("cnn", (8, 8, 1))
    weights = host.fit(train)
    last = host.features(weights, train) @ weights["dense4/kernel"] + weights["dense4/bias"]
    assert np.allclose(last, host.logits(weights, train), atol=1e-4)
    pooled = host.features(weights, train, 2)  # in the order height, width, channels
    hidden = np.maximum(pooled @ weights["dense3/kernel"] + weights["dense3/bias"], 0)
    assert np.allclose(hidden, host.features(weights, train), atol=1e-4)


def test_rows_of_weight_zero_leave_before_batching_and_others_weigh_their_loss() -> None:
    shape = (6, 6, 1)
    train = rows_of(shape)
    weights = np.ones(40, np.float32)
    weights[5:25] = 0
    sizes: list[int] = []
    seen: list[int] = []

    def watching(step: Step, host: Host) -> Gradient:
        sizes.append(step.size)
        seen.extend(step.labels.tolist())
        return endless_clip(step, host)

    host = host_of("lr", shape, steps=400)
    host.fit(train, weights=weights, shape=watching)
    assert len(sizes) == 400
    assert abs(np.mean(sizes) - 8) < 0.5  # the expected size stays, from 20 rows in place of 40
    kept = np.bincount(train.y[weights > 0], minlength=4) / 20
    assert np.abs(np.bincount(seen, minlength=4) / len(seen) - kept).max() < 0.05
    half = host_of("lr", shape).fit(train, weights=np.full(40, 0.5), learning_rate=0.1)
    _close(half, host_of("lr", shape).fit(train), 1e-6)


def test_an_empty_batch_is_a_step_that_moves_by_momentum_and_noise() -> None:
    shape = (8, 8, 3)
    sizes: list[int] = []

    def noisy(step: Step, _host: Host) -> Gradient:
        sizes.append(step.size)
        assert len(step.norms()) == len(step.dots(step.noise(1))) == step.size
        return step.sum(np.ones(step.size, np.float32)) / step.expected_size + step.noise(0.01)

    host = host_of("resnet-9", shape, batch_size=1, steps=30)
    host.fit(rows_of(shape), shape=noisy)
    assert 0 in sizes
    assert len(sizes) == 30


def test_epochs_count_whole_passes_and_each_is_heard_of() -> None:
    heard: list[tuple[int, Weights]] = []
    host = Host(card_of("lr", (6, 6, 1)), STREAMS, lambda weights, epoch: heard.append((epoch, weights)))
    last = host.fit(rows_of((6, 6, 1)), epochs=2.5)
    assert [epoch for epoch, _ in heard] == [1, 2]
    assert not np.array_equal(heard[0][1]["dense0/kernel"], heard[1][1]["dense0/kernel"])
    assert not np.array_equal(heard[1][1]["dense0/kernel"], last["dense0/kernel"])


def test_noise_has_its_standard_deviation_and_is_fresh_at_every_call() -> None:
    drawn: list[Any] = []

    def noisy(step: Step, _host: Host) -> Gradient:
        drawn.append(step.noise(3))
        drawn.append(step.noise(3))
        return drawn[-1]

    host_of("mlp-256", (28, 28, 1), steps=2).fit(rows_of((28, 28, 1)), shape=noisy)
    for noise in drawn:
        assert float(noise.values.std()) == pytest.approx(3, rel=0.01)
    correlations = np.corrcoef([noise.values.numpy() for noise in drawn])
    assert np.abs(correlations - np.eye(4)).max() < 0.02


def test_noise_follows_from_all_of_its_stream() -> None:
    """`manual_seed` alone takes 32 bits on a processor: streams that differ beyond them would draw the same."""
    cpu = torch.device("cpu")

    def drawn(stream: bytes) -> torch.Tensor:
        return torch.empty(1000).normal_(generator=generator_of(stream, cpu))

    first = drawn(bytes(32))
    assert torch.equal(first, drawn(bytes(32)))
    for place in range(32):
        assert not torch.equal(first, drawn(bytes(place) + b"\x01" + bytes(31 - place)))
    assert abs(float(first.mean())) < 0.15
    assert float(first.std()) == pytest.approx(1, abs=0.1)
    state = generator_of(bytes(32), cpu).get_state()
    assert len(set(state[24 : 24 + 8 * 624].view(torch.int64).tolist())) > 600  # every word of the state is drawn


def test_a_training_that_diverges_says_in_which_step() -> None:
    with pytest.raises(DefenseFailed, match="Step [0-9]+ leaves weights that are not finite|is not finite"):
        host_of("mlp-16", (6, 6, 1), steps=200).fit(rows_of((6, 6, 1)), learning_rate=1e30)


def test_rows_that_are_not_the_models_are_refused() -> None:
    host = host_of("lr", (6, 6, 1))
    with pytest.raises(ValueError, match="want uint8"):
        host.fit(rows_of((6, 6, 3)))
    wrong = rows_of((6, 6, 1))
    wrong.y[0] = 4
    with pytest.raises(ValueError, match="labels 0 to 4"):
        host.fit(wrong)


def _close(got: Weights, want: Weights, by: float) -> None:
    error = np.concatenate([(got[name] - want[name]).ravel() for name in want])
    size = np.concatenate([array.ravel() for array in want.values()])
    assert float(np.linalg.norm(error) / np.linalg.norm(size)) <= by
