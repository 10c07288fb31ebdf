import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from antidote_host.at_home.exported import read_json
from antidote_host.at_home.wrong_call import WrongCall

FORMAT = "antidote-results-1"


@dataclass(frozen=True)
class Results:
    """The folder that `run` writes: results.json, and a folder for each job that is done."""

    folder: Path
    kind: str
    export: Path
    digest: str
    """Of the module."""

    @staticmethod
    def begun(folder: Path, module: bytes, kind: str, export: Path) -> "Results":
        """A new folder, or one with results of the same module on the same export, which are gone on with.

        Raises WrongCall for any other that is not empty.
        """
        wanted = Results(folder, kind, export, f"sha256:{sha256(module).hexdigest()}")
        if (folder / "results.json").is_file():
            if Results.read(folder) != wanted:
                raise WrongCall(
                    f"{folder} has results of another module or of another export; name a new folder by --out."
                )
            return wanted
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise WrongCall(f"{folder} is not empty and holds no results; name a new folder by --out.")
        folder.mkdir(parents=True, exist_ok=True)
        about = {"format": FORMAT, "module": {"sha256": wanted.digest, "kind": kind}, "export": str(export)}
        (folder / "results.json").write_text(json.dumps(about, indent=1) + "\n", "utf-8")
        return wanted

    @staticmethod
    def read(folder: Path) -> "Results":
        if not (folder / "results.json").is_file():
            raise WrongCall(f"{folder} holds no results of 'python -m antidote_host run'.")
        told = read_json(folder / "results.json", FORMAT)
        return Results(folder, told["module"]["kind"], Path(told["export"]), told["module"]["sha256"])

    def of(self, job: str) -> Path:
        return self.folder / job

    def about(self, job: str) -> dict[str, Any] | None:
        """What `run` says of a job: outcome, detail, seconds. None where it was not run."""
        file = self.of(job) / "run.json"
        return json.loads(file.read_text("utf-8")) if file.is_file() else None
