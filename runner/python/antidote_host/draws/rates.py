from math import pi

from antidote_host.recipe import Recipe


def learning_rates(schedule: str, learning_rate: float, steps: int) -> list[float]:
    """The learning rate at every step, [steps].

    Cosine: η/2 · (1 + cos(π t / T)), from η towards 0 (Loshchilov and Hutter 2017, https://arxiv.org/abs/1608.03983). By
    the series of `runner/train/schedule.ts`: the same bits.
    """
    if schedule == "constant":
        return [learning_rate] * steps
    return [learning_rate * (1 - _half_sine_squared(step / steps)) for step in range(steps)]


def steps_of(recipe: Recipe, n: int, batch_size: int, epochs: float | None) -> tuple[int, int]:
    """Steps of the run, and steps of an epoch: ⌊n / batch_size⌋, at least 1."""
    epoch = max(1, n // batch_size)
    return (recipe.steps if epochs is None else int(epochs * epoch + 0.5)), epoch


def _half_sine_squared(share: float) -> float:
    angle = pi / 2 * share
    term = sine = angle
    for power in range(3, 26, 2):
        term *= -(angle * angle) / (power * (power - 1))
        sine += term
    return sine * sine
