"""ρ, the share of the damage undone, by both versions of the rules: lib/scoring/README.md says why they are so."""

from antidote_host.at_home.measure import Measured
from antidote_host.at_home.truth import Reference

ALLOWANCE = 0.1
"""So much recall of a class may be lost without a charge."""


def robustness(version: int, reference: Reference, trials: list[Measured]) -> dict[str, float | None]:
    """By scenario, of those with a cell that counts: the mean of its cells, in [−1, 1]; None where a trial is missing."""
    of_cells = {cell: _of_cell(version, reference, trials, *cell) for cell in reference.counted}
    scenarios = list(dict.fromkeys(scenario for scenario, _ in reference.counted))
    seeds = {
        scenario: set[int].intersection(*(set(kept) for cell, kept in of_cells.items() if cell[0] == scenario))
        for scenario in scenarios
    }
    return {scenario: _scenario(version, scenario, of_cells, seeds[scenario]) for scenario in scenarios}


Kept = tuple[float, float, float]
"""At one seed, what the run keeps, what the undefended one keeps, and the most that can be kept."""


def _scenario(
    version: int, scenario: str, of_cells: dict[tuple[str, float], dict[int, Kept]], common: set[int]
) -> float | None:
    if not common:
        return None
    shares: list[float] = []
    for (name, _), by_seed in of_cells.items():
        if name != scenario:
            continue
        kept = [by_seed[seed] for seed in by_seed if version == 1 or seed in common]
        defended, undefended, most = (sum(column) / len(kept) for column in zip(*kept, strict=True))
        share = (defended - undefended) / (most - undefended) if version == 1 or most > undefended else 0.0
        shares.append(share if version == 1 else _bound(share))
    return _bound(sum(shares) / len(shares))


def _of_cell(
    version: int, reference: Reference, trials: list[Measured], scenario: str, budget: float
) -> dict[int, Kept]:
    """By seed, of the seeds of which nothing is missing."""
    kept: dict[int, Kept] = {}
    for none in reference.cells:
        if (none["scenario"], none["budget"]) != (scenario, budget):
            continue
        seed = none["seed"]
        run = next((one for one in trials if _is(one, scenario, budget, seed)), None)
        if run is None or (run.failed is None and run.robust_accuracy is None):
            continue
        if version == 1:
            kept[seed] = (run.robust_accuracy or 0.0, none["attacked"], none["clean"])
            continue
        of = (run.trial.dataset, run.trial.model, seed)
        clean = next((one for one in trials if _is_clean(one, *of)), None)
        standard = next((one for one in reference.clean if (one["dataset"], one["model"], one["seed"]) == of), None)
        if clean is None or standard is None:
            continue
        kept[seed] = _kept(none, standard["recalls"], clean.recalls, run)
    return kept


def _kept(none: dict[str, object], recalls: list[float], own: list[float] | None, run: Measured) -> Kept:
    """`own`: the run's without poison, None where it failed."""
    most = _number(none["clean"])
    others = none.get("others") or []
    assert isinstance(others, list)

    def kept(held: list[float], p: float, left: list[float]) -> float:
        losses = [min(recalls[of], max(held[of], recalls[of] - ALLOWANCE)) - left[of] - ALLOWANCE for of in others]
        return min(p, most) - max(0.0, *losses) if losses else min(p, most)

    left = none["recalls"]
    assert isinstance(left, list)
    undefended = kept(recalls, _number(none["attacked"]), left)
    held = recalls if own is None else own
    if run.failed is None and run.robust_accuracy is not None and run.recalls is not None:
        return kept(held, run.robust_accuracy, run.recalls), undefended, most
    return min(undefended, kept(held, 0.0, [0.0] * len(recalls))), undefended, most


def _number(value: object) -> float:
    assert isinstance(value, (int, float))
    return float(value)


def _is(one: Measured, scenario: str, budget: float, seed: int) -> bool:
    return (one.trial.scenario, one.trial.budget, one.trial.seed) == (scenario, budget, seed)


def _is_clean(one: Measured, dataset: str, model: str, seed: int) -> bool:
    trial = one.trial
    return trial.family is None and (trial.dataset, trial.model, trial.seed) == (dataset, model, seed)


def _bound(value: float) -> float:
    return max(-1.0, min(1.0, value))
