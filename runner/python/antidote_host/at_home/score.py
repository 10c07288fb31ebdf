from dataclasses import dataclass

from antidote_host.at_home.exported import trials_of
from antidote_host.at_home.measure import Measured, measured
from antidote_host.at_home.results import Results
from antidote_host.at_home.robustness import robustness
from antidote_host.at_home.truth import Reference, read_reference
from antidote_host.at_home.wrong_call import WrongCall


@dataclass(frozen=True)
class Scored:
    trials: list[Measured]
    robustness: dict[str, float | None]
    """ρ by scenario; empty where there is no reference or no model."""
    reference: Reference | None
    kind: str


def score(results: Results) -> Scored:
    """Of the jobs that were run. Raises WrongCall where there are none, or the export has no truth."""
    version, reference = read_reference(results.export)
    trials = [one for one in (measured(results, trial) for trial in trials_of(results.export)) if one is not None]
    if not trials:
        raise WrongCall(f"{results.folder} has no job that is done.")
    trained = any(one.failed is not None or one.clean_accuracy is not None for one in trials)
    shares = robustness(version, reference, trials) if reference is not None and trained else {}
    return Scored(trials, shares, reference, results.kind)
