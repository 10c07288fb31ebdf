import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from antidote_host.at_home.results import Results
from antidote_host.at_home.run import run_jobs
from antidote_host.at_home.score import score
from antidote_host.at_home.table import as_json, as_table
from antidote_host.at_home.wrong_call import WrongCall


def main(arguments: Sequence[str] | None = None) -> int:
    """0: all well. 1: the defense failed in at least one job. 2: the call is wrong, or a job can not be begun."""
    given = _parser().parse_args(arguments)
    try:
        if given.command == "run":
            return _run(given.module, given.job, given.out)
        return _score(given.results, given.json)
    except WrongCall as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped; what is done is kept, and the same command goes on from there.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m antidote_host",
        description="Runs a defense on job folders that 'npx antidote suite export-jobs' wrote, and scores it.",
    )
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="run a defense on one job folder, or on all of an export")
    run.add_argument("module", type=Path, help="the defense, a file that ends in .py")
    run.add_argument("--job", type=Path, required=True, metavar="<folder>", help="a job folder, or an export")
    run.add_argument("--out", type=Path, metavar="<dir>", help="results; my_defense.results unless said")
    scored = commands.add_parser("score", help="P and robustness by scenario, against the undefended numbers")
    scored.add_argument("results", type=Path, metavar="<dir>", help="what 'run' wrote")
    scored.add_argument("--json", action="store_true", help="as JSON, with every trial")
    return parser


def _run(module: Path, job: Path, out: Path | None) -> int:
    folder = Path(f"{module.stem}.results") if out is None else out
    failed, jobs = run_jobs(module, job, folder)
    said = f"{failed} of {jobs} jobs failed" if failed else f"{jobs} {'job' if jobs == 1 else 'jobs'} done"
    print(f"{said}, in {folder}; 'python -m antidote_host score {folder}' scores them.")
    return 1 if failed else 0


def _score(folder: Path, json: bool) -> int:
    scored = score(Results.read(folder))
    print(as_json(scored) if json else as_table(scored))
    return 0 if all(trial.failed is None for trial in scored.trials) else 1
