"""What a guest left at home is read as the jail reads it: tests/runner/jail/out.test.ts and outcome.test.ts say the same."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from antidote_host import DefenseFailed
from antidote_host.at_home.guest_process import Ended
from antidote_host.at_home.left import left_by
from antidote_host.weights import write_weights
from numpy.typing import NDArray
from safetensors.numpy import save_file
from task_recipe import TASK_RECIPE

N = 60
WEIGHTS = {"dense0/kernel": np.zeros((4, 3), np.float32), "dense0/bias": np.ones(3, np.float32)}
CARD = {
    "id": "lr",
    "shape": [2, 2, 1],
    "layers": [{"kind": "dense", "units": 3}],
    "weights": [{"name": name, "shape": list(array.shape)} for name, array in WEIGHTS.items()],
    "recipe": TASK_RECIPE,
}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "job").mkdir()
    (tmp_path / "job" / "task.json").write_text(json.dumps({"n": N, "model": CARD}))
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def told(out: Path, kind: str = "train", code: int = 0) -> str:
    """How it failed."""
    with pytest.raises(DefenseFailed) as failed:
        left_by(Ended(code, 1.0, ""), out, out.parent / "job", kind)
    return f"{failed.value.reason}: {failed.value.detail}"


def members(out: Path, count: int) -> None:
    (out / "members").mkdir()
    for place in range(count):
        write_weights(out / "members" / f"{place:03}.safetensors", WEIGHTS)


def test_honest_weights_are_taken_one_set_or_many_in_their_order(out: Path) -> None:
    write_weights(out / "weights.safetensors", WEIGHTS)
    (out / "notes.txt").write_text("other names are not looked at")
    (one,) = left_by(Ended(0, 1.0, ""), out, out.parent / "job", "train").members
    assert all(np.array_equal(one[name], WEIGHTS[name]) for name in WEIGHTS)
    (out / "weights.safetensors").unlink()
    members(out, 70)
    write_weights(out / "members" / "069.safetensors", {**WEIGHTS, "dense0/bias": np.full(3, 69, np.float32)})
    many = left_by(Ended(0, 1.0, ""), out, out.parent / "job", "train").members
    assert len(many) == 70
    assert many[69]["dense0/bias"].tolist() == [69, 69, 69]


def test_honest_weights_of_rows_are_taken(out: Path) -> None:
    rows = np.linspace(0, 1, N, dtype=np.float32)
    np.save(out / "row-weights.npy", rows)
    left = left_by(Ended(0, 1.0, ""), out, out.parent / "job", "filter")
    assert (left.members, left.row_weights.tolist()) == ([], rows.tolist())  # type: ignore[union-attr]


NO_FILE = "bad-output: weights.safetensors is no plain file."


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda file, other: file.symlink_to(other), NO_FILE),
        (lambda file, other: file.symlink_to("nowhere"), NO_FILE),
        (lambda file, other: file.hardlink_to(other), NO_FILE),
        (lambda file, other: file.mkdir(), NO_FILE),
        (lambda file, other: os.mkfifo(file), NO_FILE),
        (lambda file, other: (file.parent / "failure.json").symlink_to("nowhere"), NO_FILE.replace("weights.safetensors", "failure.json")),
        (lambda file, other: (file.parent / "members").symlink_to(other.parent), "bad-output: members is no plain folder."),
    ],
    ids=["link", "link to nothing", "hard link", "folder", "pipe", "link as the account", "link as the folder of members"],
)  # fmt: skip
def test_nothing_is_followed(out: Path, make: Callable[[Path, Path], object], words: str) -> None:
    other = out.parent / "other"
    other.mkdir()
    write_weights(other / "000.safetensors", WEIGHTS)
    make(out / "weights.safetensors", other / "000.safetensors")
    assert told(out) == words


def test_one_set_of_weights_is_taken_or_several_not_both_and_not_more_than_250(out: Path) -> None:
    assert told(out) == "bad-output: The module left no weights."
    members(out, 251)
    assert told(out) == "too-large: The module left 251 sets of weights; at most 250 are taken."
    write_weights(out / "weights.safetensors", WEIGHTS)
    assert told(out) == "bad-output: There are weights.safetensors and members/ both."


def test_more_bytes_than_the_jail_has_room_for_are_not_read(out: Path) -> None:
    write_weights(out / "weights.safetensors", WEIGHTS)
    os.truncate(out / "weights.safetensors", 2**28 + 1)
    assert told(out) == "too-large: What the module left is too large."


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ({"dense0/bias": np.ones(3, np.float32)}, "no array is called dense0/kernel"),
        ({**WEIGHTS, "dense0/bias": np.ones(4, np.float32)}, r"is to have shape \(3,\)"),
        ({**WEIGHTS, "dense0/bias": np.ones(3)}, "holds float64, float32 is wanted"),
        ({**WEIGHTS, "dense0/bias": np.full(3, np.nan, np.float32)}, "not finite"),
    ],
)
def test_weights_are_those_of_the_jobs_model(out: Path, weights: dict[str, NDArray[np.float32]], words: str) -> None:
    save_file(weights, out / "weights.safetensors")
    with pytest.raises(DefenseFailed, match=words):
        left_by(Ended(0, 1.0, ""), out, out.parent / "job", "train")


@pytest.mark.parametrize("data", [b"", b"\x08" + b"\0" * 7 + b'{"\x1b[31": ', b'{"__metadata__": {}}'])
def test_what_is_no_safetensors_file_is_told_in_words_of_ours(out: Path, data: bytes) -> None:
    (out / "weights.safetensors").write_bytes(data)
    assert told(out) == "bad-output: weights.safetensors is no .safetensors file of numbers."


@pytest.mark.parametrize(
    "rows",
    [
        np.ones(N - 1, np.float32),
        np.ones((N, 1), np.float32),
        np.ones(N),
        np.asfortranarray(np.ones((N, 2), np.float32)),
        np.array([None] * N),
    ],
    ids=["one too few", "two axes", "float64", "a second column", "objects"],
)
def test_weights_of_rows_are_what_numpy_writes_of_them(out: Path, rows: NDArray[np.float32]) -> None:
    np.save(out / "row-weights.npy", rows)
    assert told(out, "filter") == "bad-output: row-weights.npy is not what np.save writes of float32 numbers, [60]."


@pytest.mark.parametrize("change", [lambda data: data[:-1], lambda data: data + b"\0", lambda _: b""])
def test_weights_of_rows_end_where_their_file_ends(out: Path, change: Callable[[bytes], bytes]) -> None:
    np.save(out / "row-weights.npy", np.ones(N, np.float32))
    (out / "row-weights.npy").write_bytes(change((out / "row-weights.npy").read_bytes()))
    assert told(out, "filter") == "bad-output: row-weights.npy is not what np.save writes of float32 numbers, [60]."


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (np.full(N, 2), "bad-output: filter gave row 0 the weight 2.0, which is not in [0, 1]."),
        (np.full(N, np.nan), "not-finite: filter gave row 0 the weight nan."),
        (np.zeros(N), "bad-output: filter left no row."),
    ],
)
def test_weights_of_rows_are_in_their_range(out: Path, rows: NDArray[np.float64], words: str) -> None:
    np.save(out / "row-weights.npy", rows.astype(np.float32))
    assert told(out, "filter") == words


def test_a_filter_that_left_none_is_told_so(out: Path) -> None:
    write_weights(out / "weights.safetensors", WEIGHTS)
    assert told(out, "filter") == "bad-output: The module left no row-weights.npy."


NO_ACCOUNT = "bad-output: failure.json is no account of a failure."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (json.dumps({"reason": "threw", "detail": "so"}), "threw: so"),
        (json.dumps({"reason": "threw", "detail": "\x1b[31mred\x1b[0m \x1b\x07\u202e\ud800a\n\tb"}), "threw: red a b"),
        (json.dumps({"reason": "threw", "detail": "x" * 300}), f"threw: {'x' * 199}…"),
        (json.dumps({"reason": "scored", "detail": "so"}), NO_ACCOUNT),
        (json.dumps({"reason": ["threw"], "detail": "so"}), NO_ACCOUNT),
        (json.dumps({"reason": "threw", "detail": 1}), NO_ACCOUNT),
        (json.dumps({"reason": "threw"}), NO_ACCOUNT),
        ("[]", NO_ACCOUNT),
        ("{", NO_ACCOUNT),
        ("[" * 60_000, NO_ACCOUNT),
        ("\udcff", NO_ACCOUNT),
        (" " * 65_537, "too-large: What the module left is too large."),
    ],
)
def test_an_account_of_a_failure_is_a_reason_and_one_plain_line(out: Path, text: str, words: str) -> None:
    write_weights(out / "weights.safetensors", WEIGHTS)
    (out / "failure.json").write_text(text, "utf-8", "surrogateescape")
    assert told(out, code=1) == words
    assert told(out, code=0) == words


@pytest.mark.parametrize(("code", "how"), [(3, "exit 3"), (-9, "by a signal")])
def test_weights_of_a_process_that_did_not_end_well_are_not_taken(out: Path, code: int, how: str) -> None:
    write_weights(out / "weights.safetensors", WEIGHTS)
    assert told(out, code=code) == f"threw: The module ended its process ({how})."
