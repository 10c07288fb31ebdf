"""The engine `torch`: trains the suite's model with PyTorch, and lends the per-example gradients of each step."""

from antidote_host.torch_engine.engine import open_engine

__all__ = ["open_engine"]
