from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from antidote_host.defense_failed import DefenseFailed
from antidote_host.engine import Streams
from antidote_host.guest.job_folder import JobFolder
from antidote_host.guest.out import Out
from antidote_host.host import Host
from antidote_host.task import Task
from antidote_host.weights import Weights, weights_of

MEMBER_LIMIT = 250


@dataclass(frozen=True)
class Trained:
    """Weights, one set or several that vote; or of a filter those of its rows, [n], with which the harness trains."""

    members: list[Weights]
    row_weights: NDArray[np.float32] | None = None


def train(job: JobFolder, module: ModuleType, left: Out, streams: Streams) -> Trained:
    """Runs the defense as its kind wants. What a function promises to return is not believed."""
    defense: Callable[..., Any] | None = getattr(module, job.kind, None)
    if not callable(defense):
        raise DefenseFailed("not-a-defense", f"The module has no function {job.kind}.")
    host = Host(job.model, streams, left.keep_epoch if job.epochs else None)
    if job.kind == "filter":
        return Trained([], row_weights_of(defense(job.train, host), job.train.n))
    if job.kind == "shape":
        return Trained([host.fit(job.train, init=job.init, shape=defense)])
    returned = defense(Task(job.train, job.model, job.init), host)
    if not isinstance(returned, (list, tuple)):
        return Trained([_member(returned, job, host, "The weights")])
    if len(returned) == 0:
        raise DefenseFailed("bad-output", "train returned an empty list.")
    if len(returned) > MEMBER_LIMIT:
        count = len(returned)
        raise DefenseFailed("too-large", f"train returned {count} sets of weights; at most {MEMBER_LIMIT} are taken.")
    return Trained([_member(one, job, host, f"Set {i} of the weights") for i, one in enumerate(returned)])


def row_weights_of(returned: object, n: int) -> NDArray[np.float32]:
    """What a filter returned, as one weight in [0, 1] per row, [n], not all 0."""
    given = as_array(returned)
    if given.dtype.kind not in "fiub":
        raise DefenseFailed("bad-output", f"filter did not return an array of numbers but {_kind_of(returned)}.")
    if given.shape != (n,):
        raise DefenseFailed("bad-output", f"filter returned an array of shape {given.shape}; ({n},) is wanted.")
    weights = np.array(given, dtype=np.float32)
    wrong = np.flatnonzero(~((weights >= 0) & (weights <= 1)))
    if len(wrong) > 0:
        row, weight = wrong[0], weights[wrong[0]]
        if np.isfinite(weight):
            raise DefenseFailed("bad-output", f"filter gave row {row} the weight {weight}, which is not in [0, 1].")
        raise DefenseFailed("not-finite", f"filter gave row {row} the weight {weight}.")
    if not weights.any():
        raise DefenseFailed("bad-output", "filter left no row.")
    return weights


def as_array(value: object) -> NDArray[Any]:
    """An array, or a tensor of whatever device and dtype. Anything else becomes an array of objects."""
    for method in ("detach", "cpu"):
        value = getattr(value, method)() if hasattr(value, "detach") else value
    try:
        return np.asarray(value)
    except (TypeError, ValueError):  # bfloat16 has no dtype in NumPy; lists of unequal length are no array
        double = getattr(value, "double", None)
        return np.asarray(double() if callable(double) else np.array(None))


def _member(returned: object, job: JobFolder, host: Host, what: str) -> Weights:
    if isinstance(returned, Mapping):
        arrays = {str(name): as_array(array) for name, array in returned.items()}
    elif hasattr(returned, "state_dict"):
        arrays = host.weights_of(cast(Any, returned))
    else:
        raise DefenseFailed(
            "bad-output",
            f"train returned {_kind_of(returned)}; a model of host.model, weights by name or a list of them is wanted.",
        )
    return weights_of(arrays, job.model.weights, what)


def _kind_of(value: object) -> str:
    return "nothing" if value is None else f"a {type(value).__name__[:40]}"
