from math import sqrt

import numpy as np

from antidote_host.draws.rng import Rng
from antidote_host.model_card import ModelCard
from antidote_host.weights import Weights


def initial_weights(card: ModelCard, rng: Rng) -> Weights:
    """What every engine starts from, bit for bit: `runner/train/initial.ts`.

    Kernels are Glorot uniform, U(−a, a) with a = √(6 / (fan in + fan out)) (Glorot and Bengio 2010,
    https://proceedings.mlr.press/v9/glorot10a.html); of a convolution each fan is its channels times the 9 places of its
    window. Biases and shifts are 0, scales 1.
    """
    weights: Weights = {}
    for name, shape in card.weights.items():
        if name.endswith("/kernel"):
            fans = shape[0] + shape[1] if len(shape) == 2 else 9 * (shape[2] + shape[3])
            uniform = rng.uniforms(int(np.prod(shape)))
            weights[name] = ((2 * uniform - 1) * sqrt(6 / fans)).astype(np.float32).reshape(shape)
        else:
            weights[name] = np.full(shape, 1 if name.endswith("/scale") else 0, np.float32)
    return weights
