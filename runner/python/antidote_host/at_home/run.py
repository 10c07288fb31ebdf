import json
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from antidote_host.at_home.exported import Job, jobs_in
from antidote_host.at_home.guest_process import Ended, run_guest
from antidote_host.at_home.kind import kind_of
from antidote_host.at_home.results import Results
from antidote_host.at_home.wrong_call import WrongCall
from antidote_host.draws.rng import Rng
from antidote_host.engine import Streams, has_torch

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
    partial = results.folder / f".{job.name}.partial"
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir()
    streams = job.streams()
    ended = _guest(job, code, kind, partial, forked(streams, "filter") if kind == "filter" else streams)
    if ended.outcome == "trained" and kind == "filter" and has_torch():
        path = str((partial / "row-weights.npy").resolve())
        trained = _guest(job, WITH_ROWS.format(path=path).encode(), "train", partial, streams)
        ended = Ended(trained.outcome, trained.detail, ended.seconds + trained.seconds, ended.log + trained.log)
    (partial / "log.txt").write_text(ended.log, "utf-8")
    about: dict[str, object] = {"outcome": ended.outcome, "detail": ended.detail, "seconds": ended.seconds}
    (partial / "run.json").write_text(json.dumps(about) + "\n", "utf-8")
    shutil.rmtree(results.of(job.name), ignore_errors=True)
    partial.rename(results.of(job.name))
    return about


def _guest(job: Job, code: bytes, kind: str, out: Path, streams: Streams) -> Ended:
    """Over a folder with the job's files, the module and its kind."""
    with TemporaryDirectory(prefix="antidote-job-") as folder:
        given = Path(folder)
        task = json.loads((job.folder / "task.json").read_text("utf-8"))
        (given / "task.json").write_text(json.dumps({**task, "kind": kind}), "utf-8")
        (given / "module.py").write_bytes(code)
        for file in job.folder.iterdir():
            if file.suffix in (".npy", ".safetensors"):
                (given / file.name).symlink_to(file)
        return run_guest(given, out.resolve(), streams)


def forked(streams: Streams, name: str) -> Streams:
    """What a filter is told, as in the jail: those of its trial are for the training that counts."""
    return Streams(
        *(Rng(stream).fork(name).stream for stream in (streams.init, streams.batches, streams.noise, streams.random))
    )
