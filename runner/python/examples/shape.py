"""Scales every example's gradient down to the median norm of its batch, so that none pulls harder than most."""

import numpy as np
from antidote_host import Gradient, Host, Step


def shape(step: Step, host: Host) -> Gradient:
    norms = step.norms()  # one per example
    median = float(np.median(norms)) if norms.size else 0.0
    limit = median or 1.0
    weights = np.minimum(1, limit / np.maximum(norms, 1e-12)).astype(np.float32)
    return step.sum(weights) / (limit * step.expected_size)
