import json
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from antidote_host.at_home.exported import Job, jobs_in
from antidote_host.at_home.guest_process import Ended, run_guest
from antidote_host.at_home.kind import kind_of
from antidote_host.at_home.left import left_by
from antidote_host.at_home.results import Results
from antidote_host.at_home.wrong_call import WrongCall
from antidote_host.defense_failed import DefenseFailed
from antidote_host.draws.rng import Rng
from antidote_host.engine import Streams, has_torch
from antidote_host.guest.out import Out
from antidote_host.guest.train import Trained

WITH_ROWS = """import numpy as np

def train(task, host):
    return host.fit(task.train, weights=np.load({path!r}), init=task.init)
"""
"""Trains with the rows that a filter weighed."""


def run_jobs(module: Path, job: Path, out: Path) -> tuple[int, int]:
    """Runs the module on the jobs that are not done yet, by the guest of the jail, without a jail.

    How many of the jobs failed, and how many there are. Raises WrongCall.
    """
    try:
        code = module.read_bytes()
    except OSError as error:
        raise WrongCall(f"{module} can not be read: {error.strerror}.") from error
    kind = kind_of(code, str(module))
    jobs = jobs_in(job)
    results = Results.begun(out, code, kind, jobs[0].export)
    failed = 0
    for place, one in enumerate(jobs, 1):
        about = results.about(one.name) or _run_job(one, code, kind, results)
        detail = "" if about["outcome"] == "trained" else f"  {about['outcome']}: {about['detail']}"
        print(f"[{place}/{len(jobs)}] {one.name}  {about['seconds']:.1f} s{detail}", file=sys.stderr, flush=True)
        failed += about["outcome"] != "trained"
    return failed, len(jobs)


def _run_job(job: Job, code: bytes, kind: str, results: Results) -> dict[str, object]:
    """What is kept is written anew from what was read and checked: a module can leave what it likes."""
    streams = job.streams()
    partial = results.folder / f".{job.name}.partial"
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir()
    kept = Out(partial)
    guests: list[Ended] = []
    outcome: str = "trained"
    detail: str | None = None
    try:
        own = forked(streams, "filter") if kind == "filter" else streams
        kept.write(_guest(job, code, kind, own, guests))
        if kind == "filter" and has_torch():
            path = str((partial / "row-weights.npy").resolve())
            kept.write(_guest(job, WITH_ROWS.format(path=path).encode(), "train", streams, guests))
    except DefenseFailed as error:
        outcome, detail = error.reason, error.detail
    (partial / "log.txt").write_text("".join(one.log for one in guests), "utf-8")
    about: dict[str, object] = {"outcome": outcome, "detail": detail, "seconds": sum(one.seconds for one in guests)}
    (partial / "run.json").write_text(json.dumps(about) + "\n", "utf-8")
    shutil.rmtree(results.of(job.name), ignore_errors=True)
    partial.rename(results.of(job.name))
    return about


def _guest(job: Job, code: bytes, kind: str, streams: Streams, guests: list[Ended]) -> Trained:
    """Over a folder with the job's files, the module and its kind. Adds to `guests`; raises DefenseFailed."""
    with TemporaryDirectory(prefix="antidote-job-") as given, TemporaryDirectory(prefix="antidote-out-") as out:
        task = json.loads((job.folder / "task.json").read_text("utf-8"))
        (Path(given) / "task.json").write_text(json.dumps({**task, "kind": kind}), "utf-8")
        (Path(given) / "module.py").write_bytes(code)
        for file in job.folder.iterdir():
            if file.suffix in (".npy", ".safetensors"):
                (Path(given) / file.name).symlink_to(file)
        guests.append(run_guest(Path(given), Path(out), streams))
        return left_by(guests[-1], Path(out), job.folder, kind)


def forked(streams: Streams, name: str) -> Streams:
    """What a filter is told, as in the jail: those of its trial are for the training that counts."""
    return Streams(
        *(Rng(stream).fork(name).stream for stream in (streams.init, streams.batches, streams.noise, streams.random))
    )
