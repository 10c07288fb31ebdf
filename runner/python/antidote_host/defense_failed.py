from typing import Literal

Reason = Literal[
    "threw", "bad-output", "not-finite", "too-large", "blocked-import", "not-a-defense", "timed-out", "out-of-memory"
]


class DefenseFailed(Exception):
    """The defense is to blame. `reason` is a word of the benchmark, `detail` one sentence for a person."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason: Reason = reason
        self.detail = detail
