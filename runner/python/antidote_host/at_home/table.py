import json
from dataclasses import asdict

from antidote_host.at_home.measure import Measured
from antidote_host.at_home.score import Scored
from antidote_host.at_home.truth import Reference


def as_json(scored: Scored) -> str:
    trials = [
        {**asdict(one.trial), **{key: value for key, value in asdict(one).items() if key != "trial"}}
        for one in scored.trials
    ]
    return json.dumps({"robustness": scored.robustness, "trials": trials}, indent=1)


def as_table(scored: Scored) -> str:
    """A line for each scenario, averaged over budgets and seeds, and what the numbers are held against."""
    head = ["scenario", "family", "trials", "clean", "P", "P, no defense", "robustness"]
    filters = scored.kind == "filter"
    lines = [head + (["recall", "false"] if filters else [])]
    for scenario in dict.fromkeys(one.trial.scenario for one in scored.trials):
        own = [one for one in scored.trials if one.trial.scenario == scenario]
        line = [scenario, own[0].trial.family or "no poison", str(len(own)), _clean(own)]
        line += [_mean([one.robust_accuracy for one in own]), _undefended(scored.reference, own)]
        line.append(_robustness(scored, scenario) if own[0].trial.family else "")
        if filters:
            line += [_mean([one.filter_recall for one in own]), _mean([one.filter_false_positives for one in own])]
        lines.append(line)
    return "\n".join([*_columns(lines), "", *_notes(scored)])


def _clean(own: list[Measured]) -> str:
    failed = [one.failed for one in own if one.failed is not None]
    return failed[0].split(":")[0] if failed else _mean([one.clean_accuracy for one in own])


def _undefended(reference: Reference | None, own: list[Measured]) -> str:
    keys = {(one.trial.scenario, one.trial.budget, one.trial.seed) for one in own}
    cells = reference.cells if reference is not None else []
    return _mean([cell["attacked"] for cell in cells if (cell["scenario"], cell["budget"], cell["seed"]) in keys])


def _robustness(scored: Scored, scenario: str) -> str:
    if scored.reference is None or not scored.robustness:
        return "-"
    if scenario not in scored.robustness:
        return "not counted"
    value = scored.robustness[scenario]
    return "-" if value is None else f"{value:.3f}"


def _notes(scored: Scored) -> list[str]:
    notes = ["P is the share of attacked rows that got their true label; robustness is the share of the damage undone."]
    if scored.reference is None:
        notes.append("Robustness needs the undefended numbers of PyTorch, and this suite has none.")
    else:
        notes.append(f"Without a defense: {scored.reference.engine}.")
    if scored.kind == "filter" and any(one.clean_accuracy is not None for one in scored.trials):
        notes.append(
            "PyTorch trained with the rows here; for the board the suite's usual engine does, so the last digits differ."
        )
    if scored.kind == "filter" and all(one.clean_accuracy is None for one in scored.trials):
        notes.append("No model was trained: that needs PyTorch. 'recall' and 'false' say what the filter left out.")
    failed = [one for one in scored.trials if one.failed is not None]
    notes += [f"{one.trial.job} failed: {one.failed}" for one in failed]
    return notes


def _mean(values: list[float | None]) -> str:
    known = [value for value in values if value is not None]
    return f"{sum(known) / len(known):.3f}" if known else "-"


def _columns(lines: list[list[str]]) -> list[str]:
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
