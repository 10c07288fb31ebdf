from pathlib import Path

import numpy as np
import pytest
from antidote_host import DefenseFailed
from antidote_host.weights import read_weights, weights_of, write_weights
from safetensors.numpy import load_file, save_file

SHAPES = {"dense0/kernel": (16, 3), "dense0/bias": (3,)}


def plain() -> dict[str, np.ndarray]:
    return {"dense0/bias": np.zeros(3), "dense0/kernel": np.arange(48.0).reshape(16, 3)}


def test_a_transposed_view_is_written_as_it_reads(tmp_path: Path) -> None:
    view = np.arange(48, dtype=np.float32).reshape(3, 16).T
    write_weights(tmp_path / "a", {"k": view})
    assert np.array_equal(load_file(tmp_path / "a")["k"], view)
    save_file({"k": view}, tmp_path / "b")  # the trap that is minded here: right shape, wrong values
    assert load_file(tmp_path / "b")["k"].shape == view.shape


@pytest.mark.parametrize(
    "view", [np.zeros((4, 6), np.float32)[::2, ::3], np.ones((2, 2), ">f4"), np.ones((2, 2), np.float64)]
)
def test_whatever_lies_in_memory_is_read_back(tmp_path: Path, view: np.ndarray) -> None:
    write_weights(tmp_path / "a", {"k": view})
    back = read_weights(tmp_path / "a")["k"]
    assert back.dtype == np.float32
    assert np.array_equal(back, view)


def test_they_come_in_the_order_of_the_model_as_copies() -> None:
    given = plain()
    weights = weights_of(given, SHAPES)
    assert list(weights) == list(SHAPES)
    given["dense0/bias"][:] = 7
    assert weights["dense0/bias"].tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    ("change", "reason", "words"),
    [
        ({"dense0/kernel": None}, "bad-output", "holds object"),
        ({"other": np.zeros(1)}, "bad-output", "no array called 'other'"),
        ({"dense0/bias": np.zeros((3, 1))}, "bad-output", "shape (3,); it has (3, 1)"),
        ({"dense0/bias": np.array([0, 1, np.nan])}, "not-finite", "dense0/bias holds a number that is not finite"),
        ({"dense0/bias": np.array([0, 1, 1e300])}, "not-finite", "not finite"),
        ({"dense0/bias": np.array(["a", "b", "c"])}, "bad-output", "float32 is wanted"),
        ({"dense0/bias": np.array([1j, 0, 0])}, "bad-output", "float32 is wanted"),
    ],
)
def test_others_than_the_models_are_refused(change: dict[str, object], reason: str, words: str) -> None:
    with pytest.raises(DefenseFailed, match="The weights: ") as refused:
        weights_of({**plain(), **change}, SHAPES)
    assert refused.value.reason == reason
    assert words in refused.value.detail


def test_one_that_is_missing_is_named() -> None:
    with pytest.raises(DefenseFailed, match="no array is called dense0/bias"):
        weights_of({"dense0/kernel": np.zeros((16, 3))}, SHAPES)
