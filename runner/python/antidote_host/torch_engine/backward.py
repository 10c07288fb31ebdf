from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.utils.hooks import RemovableHandle

from antidote_host.torch_engine.examples import Examples, examples_of
from antidote_host.torch_engine.network import Network


@dataclass(frozen=True)
class Part:
    """A module with parameters: the layer of the card that it belongs to, and where they lie in the flat vector."""

    module: nn.Module
    layer: int
    begin: int
    end: int


class Watched:
    """A network whose parameters are views of one flat vector, and whose modules leave what they took and made.

    No parameter asks for a gradient. So one call of autograd gives the deltas of all modules, and no gradient of a batch
    is computed that nobody uses.
    """

    def __init__(self, network: Network) -> None:
        self.network = network
        self.flat, self.parts = _flattened(network)
        self._seen: list[tuple[Tensor, Tensor]] = []
        self._handles: list[RemovableHandle] = [
            part.module.register_forward_hook(self._keep) for part in self.parts
        ]

    def examples(self, rows: Tensor, targets: Tensor, row_weights: Tensor | None) -> list[Examples]:
        """Of each part, in their order. The loss is the sum over the rows of weight · cross-entropy.

        rows: [n, …], n > 0. targets: labels [n], or shares of the classes [n, classes].
        """
        self._seen = []
        with torch.enable_grad():
            logits = self.network(rows)  # [n, classes]
            losses = functional.cross_entropy(logits, targets, reduction="none")  # [n]
            loss = losses.sum() if row_weights is None else losses @ row_weights
            deltas = torch.autograd.grad(loss, [made for _, made in self._seen])
        seen, self._seen = self._seen, []
        return [
            examples_of(part.module, given, delta)
            for part, (given, _), delta in zip(self.parts, seen, deltas, strict=True)
        ]

    def close(self) -> None:
        for handle in self._handles:
            handle.remove()

    def _keep(self, _module: nn.Module, given: tuple[Tensor], made: Tensor) -> None:
        if not made.requires_grad:
            made.requires_grad_(True)
        self._seen.append((given[0].detach(), made))


def _flattened(network: Network) -> tuple[Tensor, list[Part]]:
    parts: list[Part] = []
    flat = torch.cat([parameter.detach().reshape(-1) for parameter in network.parameters()])  # [parameters]
    at = 0
    for name, module in network.named_children():
        begin = at
        for parameter in module.parameters():
            end = at + parameter.numel()
            parameter.data = flat[at:end].view(parameter.shape)
            parameter.requires_grad_(False)
            at = end
        parts.append(Part(module, int(name.lstrip("abcdefghijklmnopqrstuvwxyz")), begin, at))
    return flat, parts
