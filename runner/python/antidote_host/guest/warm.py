import os
from collections.abc import Generator
from contextlib import contextmanager, suppress
from importlib import import_module
from importlib.util import find_spec

import numpy as np


def warm() -> None:
    """Imports and uses once what takes long for the first time and what most defenses use."""
    np.dot(np.ones((2, 2), np.float32), np.ones((2, 2), np.float32))
    if find_spec("threadpoolctl") is not None:
        _one_thread()
    if find_spec("jax") is not None:
        with suppress(Exception):  # a module that imports it is told why
            import_module("jax")
    if find_spec("torch") is not None:
        with _silent():
            from antidote_host.guest.torch_guest import warm_torch

            warm_torch()


def _one_thread() -> None:
    """scikit-learn limits threads by libraries that it looks for in /proc/self/maps. There is one thread already."""
    controller = import_module("threadpoolctl").ThreadpoolController
    controller._load_libraries = _nothing


def _nothing(_self: object) -> None:
    pass


@contextmanager
def _silent() -> Generator[None, None, None]:
    """PyTorch's C++ says that there is no /proc/cpuinfo: that is no part of the module's log."""
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
