import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from antidote_host.at_home.exported import ExportedTrial
from antidote_host.at_home.predict import labels_of, plurality
from antidote_host.at_home.results import Results
from antidote_host.at_home.truth import Truth, read_truth
from antidote_host.guest.job_folder import model_of
from antidote_host.weights import Weights, read_weights, weights_of

Labels = NDArray[np.integer]


@dataclass(frozen=True)
class Measured:
    """The numbers of one trial, as a report of `npx antidote evaluate` has them. None: it does not apply."""

    trial: ExportedTrial
    failed: str | None
    """Why the defense failed; then it has no numbers."""
    clean_accuracy: float | None = None
    robust_accuracy: float | None = None
    """P: the share of attacked rows that got their true label."""
    attack_success: float | None = None
    recalls: list[float] | None = None
    filter_recall: float | None = None
    filter_false_positives: float | None = None


def measured(results: Results, trial: ExportedTrial) -> Measured | None:
    """None where the job was not run."""
    about = results.about(trial.job)
    if about is None:
        return None
    if about["outcome"] != "trained":
        return Measured(trial, f"{about['outcome']}: {about['detail']}")
    folder = results.of(trial.job)
    truth = read_truth(results.export, trial.job)
    rows = folder / "row-weights.npy"
    recall, false = _left_out(np.load(rows), truth.is_poison) if rows.is_file() else (None, None)
    members = _members(folder)
    if not members:  # a filter where there is no PyTorch
        return Measured(trial, None, filter_recall=recall, filter_false_positives=false)
    call = _caller(results.export / "jobs" / trial.job, members, truth)
    called = call(truth.x)
    attacked = truth.attacked
    on_attacked = None if attacked is None else call(attacked.x)
    robust = success = None
    if attacked is not None and on_attacked is not None:
        robust = _robust(on_attacked, attacked.y, attacked.shares)
        success = None if attacked.wanted is None else _share(on_attacked == attacked.wanted)
    recalls = recalls_of(called, truth.y, int(truth.y.max()) + 1)
    return Measured(trial, None, _share(called == truth.y), robust, success, recalls, recall, false)


def recalls_of(called: Labels, y: Labels, classes: int) -> list[float]:
    """By class, the share of its rows that are called so; 1 of a class without rows."""
    own = [called[y == label] == label for label in range(classes)]
    return [_share(right) if len(right) else 1.0 for right in own]


def _robust(called: Labels, y: Labels, shares: list[float] | None) -> float:
    if shares is None:
        return _share(called == y)
    recalls = recalls_of(called, y, len(shares))
    return sum(share * recall for share, recall in zip(shares, recalls, strict=True))


def _share(which: NDArray[np.bool_]) -> float:
    return int(np.count_nonzero(which)) / len(which)


def _left_out(weights: NDArray[np.float32], is_poison: NDArray[np.bool_]) -> tuple[float | None, float | None]:
    """Of the poison and of the clean rows, how much a filter leaves out: Σ (1 − w) / n; None of what there is none."""
    left = 1 - weights.astype(np.float64)
    poison, clean = left[is_poison], left[~is_poison]
    return float(poison.mean()) if len(poison) else None, float(clean.mean()) if len(clean) else None


def _members(folder: Path) -> list[Weights]:
    one = folder / "weights.safetensors"
    files = [one] if one.is_file() else sorted((folder / "members").glob("*.safetensors"))
    return [read_weights(file) for file in files]


def _caller(job: Path, members: list[Weights], truth: Truth) -> Callable[[NDArray[np.uint8]], Labels]:
    task = json.loads((job / "task.json").read_text("utf-8"))
    card = model_of(task["model"])
    checked = [weights_of(weights, card.weights) for weights in members]

    def call(x: NDArray[np.uint8]) -> Labels:
        return plurality([labels_of(card, weights, x, truth.scale) for weights in checked], task["classes"])

    return call
