from math import sqrt

import torch
from torch import Tensor

from antidote_host.recipe import Recipe
from antidote_host.torch_engine.gradient import FlatGradient

BETA_1, BETA_2, EPSILON = 0.9, 0.999, 1e-8


class Optimizer:
    """Moves a flat vector of parameters in place, as `runner/train/optimizer.ts` does.

    SGD with heavy-ball momentum (Polyak 1964): v ← momentum · v + g + decay · w, w ← w − η v. Adam with ε outside of the
    bias correction (Kingma and Ba 2015, end of section 2, https://arxiv.org/abs/1412.6980).
    """

    def __init__(self, recipe: Recipe, flat: Tensor) -> None:
        self._recipe = recipe
        self._flat = flat
        self._mean = torch.zeros_like(flat)
        self._square = torch.zeros_like(flat) if recipe.optimizer == "adam" else None
        self._powers = [1.0, 1.0]

    def move(self, gradient: FlatGradient, rate: float) -> None:
        decay = self._recipe.weight_decay
        if self._square is not None:
            return self._adam(self._square, gradient, rate, decay)
        self._mean.mul_(self._recipe.momentum).add_(gradient.values, alpha=gradient.factor)
        if decay != 0:
            self._mean.add_(self._flat, alpha=decay)
        self._flat.add_(self._mean, alpha=-rate)

    def _adam(self, square: Tensor, gradient: FlatGradient, rate: float, decay: float) -> None:
        slope = torch.add(gradient.written(), self._flat, alpha=decay)
        self._powers[0] *= BETA_1
        self._powers[1] *= BETA_2
        self._mean.mul_(BETA_1).add_(slope, alpha=1 - BETA_1)
        square.mul_(BETA_2).addcmul_(slope, slope, value=1 - BETA_2)
        corrected = rate * sqrt(1 - self._powers[1]) / (1 - self._powers[0])
        self._flat.addcdiv_(self._mean, square.sqrt().add_(EPSILON), value=-corrected)
