from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Recipe:
    """How the suite trains its models."""

    id: str
    optimizer: Literal["sgd", "adam"]
    momentum: float
    """Heavy ball: v ← momentum · v + g, w ← w − rate · v. `torch.optim.SGD` without Nesterov is the same."""
    learning_rate: float
    schedule: Literal["constant", "cosine"]
    """cosine: the rate of step t is learning_rate / 2 · (1 + cos(π t / steps))."""
    weight_decay: float
    """An L2 penalty: weight_decay · w is added to the gradient."""
    sampling: Literal["poisson", "shuffle"]
    batch_size: int
    """Under Poisson sampling the expected size: each row comes with probability batch_size / n."""
    steps: int
