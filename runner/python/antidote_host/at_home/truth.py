import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from antidote_host.at_home.exported import read_json
from antidote_host.at_home.wrong_call import WrongCall


@dataclass(frozen=True)
class Reference:
    """The undefended numbers of a suite by PyTorch, as they are published."""

    engine: str
    clean: list[dict[str, Any]]
    """dataset, model, seed, accuracy; recalls where the suite is scored by version 2."""
    cells: list[dict[str, Any]]
    """scenario, budget, seed, clean and attacked: P without and with poison; recalls, others."""
    counted: list[tuple[str, float]]
    """Scenario and budget of the cells that count."""


@dataclass(frozen=True)
class Attacked:
    """The rows that an attack is about, with their true labels. shares: how much each class weighs; None: each row alike."""

    x: NDArray[np.uint8]
    y: NDArray[np.int32]
    wanted: NDArray[np.int32] | None
    """What the attacker wants each to be called; None: any mistake serves."""
    shares: list[float] | None


@dataclass(frozen=True)
class Truth:
    """What a trial is measured on."""

    scale: float
    x: NDArray[np.uint8]  # [test rows, *shape]
    y: NDArray[np.int32]
    is_poison: NDArray[np.bool_]  # [training rows]
    attacked: Attacked | None


def read_reference(export: Path) -> tuple[int, Reference | None]:
    """The version of the suite's scoring, and the reference, None of a suite that has none by PyTorch."""
    file = export / "truth" / "reference.json"
    if not file.is_file():
        raise WrongCall(
            f"{export} holds no truth to score with; the command that exported it adds it where it has --with-truth too."
        )
    told = read_json(file, "antidote-export-reference-1")
    one = told["reference"]
    if one is None:
        return told["scoring"], None
    counted = [(cell["scenario"], cell["budget"]) for cell in one["counted"]]
    return told["scoring"], Reference(one["engine"], one["clean"], one["cells"], counted)


def read_truth(export: Path, job: str) -> Truth:
    own = export / "truth" / job
    about = json.loads((own / "truth.json").read_text("utf-8"))
    test = export / "truth" / about["test"]
    attacked = None
    if (own / "attacked-x.npy").is_file():
        wanted = own / "attacked-wanted.npy"
        attacked = Attacked(
            np.load(own / "attacked-x.npy"),
            np.load(own / "attacked-y.npy"),
            np.load(wanted) if wanted.is_file() else None,
            about["shares"],
        )
    poison = np.load(own / "is-poison.npy").astype(bool)
    return Truth(about["scale"], np.load(test / "x.npy"), np.load(test / "y.npy"), poison, attacked)
