import json
import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import get_args
from unicodedata import category

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load

from antidote_host.at_home.guest_process import Ended
from antidote_host.at_home.out_files import FAILURE, ROW_WEIGHTS, WEIGHTS, read_out
from antidote_host.defense_failed import DefenseFailed, Reason
from antidote_host.guest.job_folder import model_of
from antidote_host.guest.train import MEMBER_LIMIT, Trained, row_weights_of
from antidote_host.weights import Weights, weights_of

DETAIL_LIMIT = 200


def left_by(ended: Ended, out: Path, job: Path, kind: str) -> Trained:
    """What a guest left, read as the jail reads it: a module can write there by itself.

    `job`: with task.json. `kind`: of the defense. Raises DefenseFailed for a guest that says that it failed or did not
    end well, and for anything but what the kind owes: of a filter the weights of its rows, else weights of the model.
    """
    files = read_out(out)
    if FAILURE in files:
        raise _account(files[FAILURE])
    if ended.code != 0:
        how = "by a signal" if ended.code < 0 else f"exit {ended.code}"
        raise DefenseFailed("threw", f"The module ended its process ({how}).")
    task = json.loads((job / "task.json").read_text("utf-8"))
    if kind == "filter":
        return Trained([], _row_weights(files, task["n"]))
    return Trained(_members(files, model_of(task["model"]).weights))


def _account(told: bytes) -> DefenseFailed:
    """A guest's account of its failure is about its own module; it reaches people as one plain line."""
    try:
        account = json.loads(told)
        reason: Reason = account["reason"]
        if reason not in get_args(Reason):
            raise ValueError(reason)
        return DefenseFailed(reason, _plain_line(account["detail"]))
    except (ValueError, LookupError, TypeError, RecursionError):
        return DefenseFailed("bad-output", "failure.json is no account of a failure.")


def _plain_line(text: str) -> str:
    """Without terminal sequences, control, bidi or invisible characters; cut."""
    shown = re.sub(r"\x1b\[[0-?]*[ -/]*[@-~]", "", text)
    line = " ".join("".join(one for one in shown if one.isspace() or category(one)[0] != "C").split())
    return line if len(line) <= DETAIL_LIMIT else f"{line[: DETAIL_LIMIT - 1]}…"


def _row_weights(files: Mapping[str, bytes], n: int) -> NDArray[np.float32]:
    if ROW_WEIGHTS not in files:
        raise DefenseFailed("bad-output", f"The module left no {ROW_WEIGHTS}.")
    data, plain = files[ROW_WEIGHTS], BytesIO()
    np.save(plain, np.zeros(n, np.float32))
    header = plain.getvalue()[: -4 * n]
    if len(data) != len(header) + 4 * n or not data.startswith(header):
        raise DefenseFailed("bad-output", f"{ROW_WEIGHTS} is not what np.save writes of float32 numbers, [{n}].")
    return row_weights_of(np.frombuffer(data, np.float32, offset=len(header)), n)


def _members(files: Mapping[str, bytes], shapes: Mapping[str, tuple[int, ...]]) -> list[Weights]:
    names = [name for name in files if name.endswith(".safetensors")]
    if not names:
        raise DefenseFailed("bad-output", "The module left no weights.")
    if WEIGHTS in names and len(names) > 1:
        raise DefenseFailed("bad-output", f"There are {WEIGHTS} and members/ both.")
    if len(names) > MEMBER_LIMIT:
        count = len(names)
        raise DefenseFailed("too-large", f"The module left {count} sets of weights; at most {MEMBER_LIMIT} are taken.")
    return [_weights(name, files[name], shapes) for name in names]


def _weights(name: str, data: bytes, shapes: Mapping[str, tuple[int, ...]]) -> Weights:
    try:
        arrays = load(data)
    except (SafetensorError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise DefenseFailed("bad-output", f"{name} is no .safetensors file of numbers.") from error
    for array in arrays.values():
        if array.dtype != np.float32:
            raise DefenseFailed("bad-output", f"{name} holds {array.dtype}, float32 is wanted.")
    return weights_of(arrays, shapes, name)
