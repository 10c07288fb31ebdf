import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from antidote_host.at_home.wrong_call import WrongCall
from antidote_host.engine import Streams
from antidote_host.guest.job_folder import streams_of


@dataclass(frozen=True)
class Job:
    """A trial of an export: its job folder, and by `streams` what its training draws from."""

    folder: Path

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def export(self) -> Path:
        """The folder that `npx antidote suite export-jobs` wrote."""
        return self.folder.parent.parent

    def streams(self) -> Streams:
        file = self.export / "streams" / f"{self.name}.json"
        try:
            return streams_of(file.read_text("utf-8"))
        except OSError:
            raise WrongCall(
                f"{file} is missing: without it a training draws otherwise than on the board. Keep the folder jobs inside "
                "of its export."
            ) from None


@dataclass(frozen=True)
class ExportedTrial:
    """Of export.json. `family` is None for a clean run, whose budget is 0."""

    job: str
    scenario: str
    budget: float
    seed: int
    dataset: str
    model: str
    family: str | None


def jobs_in(path: Path) -> list[Job]:
    """A job folder, the folder jobs of an export, or an export with all of its jobs."""
    folder = path.resolve()
    if (folder / "task.json").is_file():
        return [Job(folder)]
    if (folder / "export.json").is_file():
        jobs = [Job(folder / "jobs" / trial.job) for trial in trials_of(folder)]
        missing = [job.name for job in jobs if not (job.folder / "task.json").is_file()]
        if missing:
            raise WrongCall(
                f"{path} lacks {len(missing)} of {len(jobs)} jobs, {missing[0]} for one; the command that exports them "
                "goes on from there."
            )
        return jobs
    inside = [Job(task.parent) for task in sorted(folder.glob("*/task.json"))]
    if not inside:
        raise WrongCall(f"{path} holds no job; 'npx antidote suite export-jobs smoke-2 --out jobs' writes some.")
    return inside


def trials_of(export: Path) -> list[ExportedTrial]:
    return [ExportedTrial(**trial) for trial in read_json(export / "export.json", "antidote-export-1")["jobs"]]


def read_json(file: Path, wanted: str) -> Any:
    """Raises WrongCall for a file of another format."""
    try:
        told = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise WrongCall(f"{file} can not be read: {error}") from error
    found = told.get("format") if isinstance(told, dict) else None
    if found != wanted:
        raise WrongCall(f"{file} has the format {found!r}; {wanted} is read.")
    return told
