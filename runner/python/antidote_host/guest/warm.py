from importlib.util import find_spec

import numpy as np


def warm() -> None:
    """Imports and uses once what takes long for the first time and what most defenses use."""
    np.dot(np.ones((2, 2), np.float32), np.ones((2, 2), np.float32))
    if find_spec("torch") is not None:
        from antidote_host.guest.torch_guest import warm_torch

        warm_torch()
