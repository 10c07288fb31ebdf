"""A defense on exported job folders, without Node: what `run` and `score` do on a made-up export."""

import json
import re
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from antidote_host.at_home.command_line import main
from antidote_host.at_home.exported import ExportedTrial, Job
from antidote_host.at_home.kind import kind_of
from antidote_host.at_home.measure import Measured, recalls_of
from antidote_host.at_home.predict import labels_of, logits_of, plurality
from antidote_host.at_home.robustness import robustness
from antidote_host.at_home.run import forked
from antidote_host.at_home.truth import Reference
from antidote_host.at_home.wrong_call import WrongCall
from antidote_host.draws.initial import initial_weights
from antidote_host.draws.rng import Rng
from antidote_host.engine import has_torch
from antidote_host.model_card import ModelCard
from antidote_host.models import model_card
from antidote_host.recipe import Recipe
from antidote_host.weights import read_weights, write_weights
from task_recipe import TASK_RECIPE

RECIPE = Recipe("test", "sgd", 0.9, 0.1, "cosine", 0.0, "poisson", 16, 20)
STREAMS = {name: f"{place:02x}" * 32 for place, name in enumerate(["init", "batches", "noise", "random"], 1)}
JOBS = [("clean-toy-lr", 0, None), ("flip-lr", 0.2, "indiscriminate")]

KEEPS_ODD = """import numpy as np

def filter(train, host):
    print("rows", train.n, host.seed("a"))
    return np.arange(train.n) % 2
"""
CONSTANT = """import numpy as np

def train(task, host):
    kernel = np.zeros((4, 3), np.float32)
    return {"dense0/kernel": kernel, "dense0/bias": np.array([0, 1, 0], np.float32)}
"""


def task_of(card: ModelCard, n: int) -> dict[str, object]:
    layers = [{"kind": one.kind, "units": one.units, "activation": one.activation} for one in card.layers]
    weights = [{"name": name, "shape": shape} for name, shape in card.weights.items()]
    model = {"id": card.id, "shape": card.shape, "layers": layers, "weights": weights, "recipe": TASK_RECIPE}
    return {"format": "antidote-task-2", "n": n, "classes": 3, "shape": [2, 2, 1], "scale": 255, "model": model}


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A clean trial and an attacked one, 60 rows of 2 × 2 pixels in three classes, as the command line writes them."""
    folder = tmp_path / "export"
    rng = np.random.default_rng(1)
    trials = []
    for scenario, budget, family in JOBS:
        name = f"{scenario}{f'_{budget}' if budget else ''}_seed-0"
        job, truth = folder / "jobs" / name, folder / "truth" / name
        for one in (job, truth, folder / "streams", folder / "truth" / "toy_seed-0"):
            one.mkdir(parents=True, exist_ok=True)
        (job / "task.json").write_text(json.dumps(task_of(model_card("lr", (2, 2, 1), 3, RECIPE), 60)))
        np.save(job / "x.npy", rng.integers(0, 256, (60, 2, 2, 1), np.uint8))
        np.save(job / "y.npy", (np.arange(60) % 3).astype(np.int32))
        (folder / "streams" / f"{name}.json").write_text(json.dumps({"streams": STREAMS}))
        np.save(truth / "is-poison.npy", (np.arange(60) < 12 if budget else np.zeros(60)).astype(np.uint8))
        (truth / "truth.json").write_text(json.dumps({"test": "toy_seed-0", "scale": 255, "shares": None}))
        if budget:
            np.save(truth / "attacked-x.npy", np.zeros((10, 2, 2, 1), np.uint8))
            np.save(truth / "attacked-y.npy", np.array([1] * 7 + [0] * 3, np.int32))
        trial = {"job": name, "scenario": scenario, "budget": budget, "seed": 0, "dataset": "toy", "model": "lr"}
        trials.append({**trial, "family": family})
    np.save(folder / "truth" / "toy_seed-0" / "x.npy", np.zeros((20, 2, 2, 1), np.uint8))
    np.save(folder / "truth" / "toy_seed-0" / "y.npy", np.array([1] * 8 + [0] * 6 + [2] * 6, np.int32))
    (folder / "export.json").write_text(json.dumps({"format": "antidote-export-1", "jobs": trials}))
    cell = {"scenario": "flip-lr", "budget": 0.2, "seed": 0, "clean": 0.9, "attacked": 0.4, "others": []}
    clean = {"dataset": "toy", "model": "lr", "seed": 0, "accuracy": 0.9, "recalls": [0.9, 0.9, 0.9]}
    reference = {"engine": "torch", "clean": [clean], "cells": [{**cell, "recalls": [0.4, 0.4, 0.4]}]}
    told = {"format": "antidote-export-reference-1", "scoring": 2}
    told["reference"] = {**reference, "counted": [{"scenario": "flip-lr", "budget": 0.2}]}
    (folder / "truth" / "reference.json").write_text(json.dumps(told))
    return folder


def run(module: str, job: Path) -> tuple[int, Path]:
    """On a job, or all of an export: the status, and the folder of results."""
    file = job.parent / "my_defense.py"
    file.write_text(module)
    out = job.parent / "results"
    return main(["run", str(file), "--job", str(job), "--out", str(out)]), out


def test_a_filter_is_run_by_the_guest_on_every_job_with_the_draws_of_a_filter(
    export: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    status, out = run(KEEPS_ODD, export)
    assert status == 0
    for name in ("clean-toy-lr_seed-0", "flip-lr_0.2_seed-0"):
        assert np.array_equal(np.load(out / name / "row-weights.npy"), np.arange(60) % 2)
        assert (out / name / "weights.safetensors").exists() == has_torch()
        told = (out / name / "log.txt").read_text()
        streams = forked(Job(export / "jobs" / name).streams(), "filter")
        seed = int.from_bytes(sha256(streams.random + b"a").digest()[:8], "little") >> 1
        assert told == f"rows 60 {seed}\n"
    said = capfd.readouterr()
    assert "[2/2] flip-lr_0.2_seed-0" in said.err
    assert said.out.startswith(f"2 jobs done, in {out};")


def test_what_is_done_is_not_done_again_and_another_module_is_refused(
    export: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out = run(CONSTANT, export)
    job = out / "flip-lr_0.2_seed-0"
    first = (out / "clean-toy-lr_seed-0" / "run.json").stat().st_mtime_ns
    for file in job.iterdir():
        file.unlink()
    job.rmdir()
    assert run(CONSTANT, export)[0] == 0
    assert (job / "weights.safetensors").exists()
    assert (out / "clean-toy-lr_seed-0" / "run.json").stat().st_mtime_ns == first
    capsys.readouterr()
    assert run(KEEPS_ODD, export)[0] == 2
    assert "results of another module" in capsys.readouterr().err


def test_who_stops_it_is_told_what_is_kept(
    export: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("antidote_host.at_home.run.run_guest", stopped)
    status, out = run(CONSTANT, export)
    assert status == 130
    assert capsys.readouterr().err == "Stopped; what is done is kept, and the same command goes on from there.\n"
    monkeypatch.undo()
    assert run(CONSTANT, export)[0] == 0
    assert sorted(path.name for path in out.iterdir()) == [
        "clean-toy-lr_seed-0",
        "flip-lr_0.2_seed-0",
        "results.json",
    ]


def test_the_scores_are_those_worked_out_by_hand(export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out = run(CONSTANT, export)
    capsys.readouterr()
    assert main(["score", str(out), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    clean, flip = told["trials"]
    assert clean["clean_accuracy"] == 8 / 20
    assert clean["recalls"] == [0, 1, 0]
    assert flip["robust_accuracy"] == 7 / 10
    assert told["robustness"] == {"flip-lr": pytest.approx((0.7 - 0.4) / (0.9 - 0.4))}
    assert main(["score", str(out)]) == 0
    table = capsys.readouterr().out
    assert [line.split() for line in table.splitlines()[:3]] == [
        ["scenario", "family", "trials", "clean", "P", "P,", "no", "defense", "robustness"],
        ["clean-toy-lr", "no", "poison", "1", "0.400", "-", "-"],
        ["flip-lr", "indiscriminate", "1", "0.400", "0.700", "0.400", "0.600"],
    ]


def test_what_a_filter_left_out_is_scored_without_pytorch_too(export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out = run("import numpy as np\ndef filter(train, host):\n    return np.arange(train.n) >= 9\n", export)
    capsys.readouterr()
    assert main(["score", str(out), "--json"]) == 0
    clean, flip = json.loads(capsys.readouterr().out)["trials"]
    assert (flip["filter_recall"], flip["filter_false_positives"]) == (9 / 12, 0)
    assert (clean["filter_recall"], clean["filter_false_positives"]) == (None, 9 / 60)


LEAVES = "import os, signal, sys\nimport numpy as np\nout = sys.argv[2]\n"


@pytest.mark.parametrize(
    ("module", "words"),
    [
        ("def train(task, host):\n    os._exit(3)\n", "threw: The module ended its process (exit 3)."),
        ("def train(task, host):\n    os._exit(0)\n", "bad-output: The module left no weights."),
        (
            "def train(task, host):\n    os.kill(os.getpid(), signal.SIGKILL)\n",
            "threw: The module ended its process (by a signal).",
        ),
        (
            "def filter(train, host):\n    np.save(out + '/row-weights.npy', np.ones(59, np.float32))\n    os._exit(0)\n",
            "bad-output: row-weights.npy is not what np.save writes of float32 numbers, [60].",
        ),
        (
            "def train(task, host):\n    os.symlink('/etc/passwd', out + '/weights.safetensors')\n    os._exit(0)\n",
            "bad-output: weights.safetensors is no plain file.",
        ),
    ],
)
def test_a_module_that_writes_or_ends_by_itself_keeps_nothing_but_its_reason(
    export: Path, module: str, words: str
) -> None:
    name = "flip-lr_0.2_seed-0"
    status, out = run(LEAVES + module, export / "jobs" / name)
    assert status == 1
    told = json.loads((out / name / "run.json").read_text())
    assert f"{told['outcome']}: {told['detail']}" == words
    assert sorted(file.name for file in (out / name).iterdir()) == ["log.txt", "run.json"]


def test_what_is_kept_is_what_was_read(export: Path) -> None:
    extra = CONSTANT.replace(
        "    return", "    import sys; open(sys.argv[2] + '/more.txt', 'w').write('x')\n    return"
    )
    name = "flip-lr_0.2_seed-0"
    status, out = run(extra, export / "jobs" / name)
    assert status == 0
    assert sorted(file.name for file in (out / name).iterdir()) == ["log.txt", "run.json", "weights.safetensors"]
    kept = read_weights(out / name / "weights.safetensors")
    assert kept["dense0/bias"].tolist() == [0, 1, 0]


def test_a_defense_that_throws_failed_with_its_line_and_keeps_nothing(
    export: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out = run("def train(task, host):\n    return 1 / 0\n", export)
    assert status == 1
    told = json.loads((out / "flip-lr_0.2_seed-0" / "run.json").read_text())
    assert (told["outcome"], told["detail"]) == (
        "threw",
        "The module threw ZeroDivisionError: division by zero (module.py:2).",
    )
    capsys.readouterr()
    assert main(["score", str(out), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["robustness"] == {"flip-lr": -0.8}  # it keeps nothing: (0 - .4) / .5


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("def filter(:", "is not valid Python"),
        ("x = 1\n", "has none of the functions"),
        ("def filter(a, b): ...\ndef train(a, b): ...\n", "has filter and train"),
        ("class A:\n    def filter(self): ...\n", "has none of the functions"),
    ],
)
def test_a_text_that_is_no_defense_is_refused_in_one_sentence(code: str, words: str) -> None:
    with pytest.raises(WrongCall, match=words):
        kind_of(code.encode(), "my_defense.py")


def test_a_kind_is_read_as_it_is_bound() -> None:
    assert kind_of(b"from mine import shape\n", "") == "shape"
    assert kind_of(b"\xef\xbb\xbftrain = make()\n", "") == "train"
    assert kind_of(b"async def f(): ...\ndef filter(train, host): ...\n", "") == "filter"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda export: (export / "jobs" / "flip-lr_0.2_seed-0" / "task.json").unlink(), "lacks 1 of 2 jobs"),
        (lambda export: (export / "export.json").unlink(), "holds no job"),
        (lambda export: (export / "streams" / "flip-lr_0.2_seed-0.json").unlink(), "is missing: without it"),
        (lambda export: (export / "export.json").write_text("[]"), "can not be read|has the format"),
    ],
)
def test_an_export_that_lacks_something_is_told_in_one_sentence(
    export: Path, capsys: pytest.CaptureFixture[str], change: object, words: str
) -> None:
    assert callable(change)
    change(export)
    assert run(CONSTANT, export)[0] == 2
    assert re.search(words, capsys.readouterr().err.splitlines()[-1])


def test_without_truth_there_is_no_score(export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out = run(CONSTANT, export)
    (export / "truth" / "reference.json").unlink()
    assert main(["score", str(out)]) == 2
    assert "--with-truth" in capsys.readouterr().err


TWINS = json.loads((Path(__file__).parents[2] / "fixtures" / "twins.json").read_text())


@pytest.mark.parametrize("model", ["lr", "mlp-128", "cnn"])
def test_it_predicts_the_bits_of_the_engine_on_wasm(model: str) -> None:
    root = Rng(bytes.fromhex(TWINS["stream"]))
    x = root.fork("rows").words(96 * 72).astype("<u4").view(np.uint8).reshape(96, 12, 12, 2)
    card = model_card(model, (12, 12, 2), 4, RECIPE)
    logits = logits_of(card, initial_weights(card, root.fork("init")), x[:3], 255)
    assert logits.ravel().tolist() == TWINS["models"][model]["first"]


def test_labels_are_the_largest_logits_ties_to_the_smaller_and_votes_too() -> None:
    card = model_card("lr", (1,), 3, RECIPE)
    weights = {"dense0/kernel": np.array([[0, 255, 255]], np.float32), "dense0/bias": np.array([0.5, 0, 0], np.float32)}
    assert labels_of(card, weights, np.array([[0], [1]], np.uint8), 255).tolist() == [0, 1]
    assert plurality([np.array([2, 1]), np.array([1, 1]), np.array([0, 0])], 3).tolist() == [0, 1]


def test_a_class_without_rows_has_recall_1() -> None:
    assert recalls_of(np.array([0, 1, 1]), np.array([0, 0, 1]), 3) == [0.5, 1, 1]


def trial(scenario: str, seed: int, robust: float | None, recalls: list[float] | None) -> Measured:
    clean = scenario == "clean"
    about = ExportedTrial("", scenario, 0 if clean else 0.1, seed, "toy", "lr", None if clean else "backdoor")
    return Measured(about, None if recalls else "threw: so", 0.9, robust, None, recalls)


def reference(**changes: object) -> Reference:
    cell = {
        "scenario": "s",
        "budget": 0.1,
        "seed": 0,
        "clean": 0.9,
        "attacked": 0.1,
        "recalls": [0.9, 0.9],
        "others": [1],
    }
    clean = {"dataset": "toy", "model": "lr", "seed": 0, "recalls": [0.9, 0.9]}
    return Reference("torch", [clean], [{**cell, **changes}], [("s", 0.1)])


def test_what_another_class_loses_above_ten_points_is_taken_off() -> None:
    runs = [trial("clean", 0, None, [0.9, 0.9]), trial("s", 0, 0.7, [0.9, 0.6])]
    assert robustness(2, reference(), runs) == {"s": pytest.approx((0.7 - 0.2 - 0.1) / 0.8)}
    assert robustness(1, reference(), runs) == {"s": pytest.approx((0.7 - 0.1) / 0.8)}


def test_more_than_the_undefended_clean_model_keeps_is_credited_to_nobody() -> None:
    one = reference()
    both = [*one.clean, {**one.clean[0], "seed": 1}], [*one.cells, {**one.cells[0], "seed": 1}]
    runs = [trial("clean", seed, None, [0.9, 0.9]) for seed in (0, 1)]
    runs += [trial("s", 0, 0.99, [0.9, 0.9]), trial("s", 1, 0.5, [0.9, 0.9])]
    told = robustness(2, Reference("torch", *both, one.counted), runs)
    assert told == {"s": pytest.approx(((0.9 + 0.5) / 2 - 0.1) / 0.8)}


def test_a_run_that_is_missing_makes_its_scenario_unknown() -> None:
    assert robustness(2, reference(), [trial("s", 0, 0.7, [0.9, 0.9])]) == {"s": None}
    assert robustness(1, reference(), [trial("clean", 0, None, [0.9, 0.9])]) == {"s": None}


def test_weights_that_a_run_wrote_are_read_back(tmp_path: Path) -> None:
    weights = {"dense0/kernel": np.arange(6, dtype=np.float32).reshape(2, 3)}
    write_weights(tmp_path / "w.safetensors", weights)
    assert np.array_equal(read_weights(tmp_path / "w.safetensors")["dense0/kernel"], weights["dense0/kernel"])
