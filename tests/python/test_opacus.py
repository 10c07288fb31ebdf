"""The step of the engine against that of Opacus, on one batch."""

import numpy as np
import pytest
import torch
from antidote_host import Gradient, Host, Step
from opacus.grad_sample import GradSampleModuleFastGradientClipping
from opacus.optimizers import DPOptimizerFastGradientClipping
from opacus.utils.fast_gradient_clipping_utils import DPLossFastGradientClipping
from trained import host_of, rows_of


@pytest.mark.parametrize(("model", "shape"), [("mlp-16", (6, 6, 3)), ("cnn", (8, 8, 1))])
def test_the_clipped_mean_of_a_batch_is_that_of_opacus(model: str, shape: tuple[int, ...]) -> None:
    train, clip = rows_of(shape), 0.3
    host = host_of(model, shape, sampling="shuffle", batch_size=40, steps=1, momentum=0.0, schedule="constant")

    def clipped(step: Step, _host: Host) -> Gradient:
        return step.sum(np.minimum(1, clip / step.norms())) / step.expected_size

    before = host.model()
    ours = host.model(host.fit(train, shape=clipped, learning_rate=1.0))

    network = GradSampleModuleFastGradientClipping(host.model(), max_grad_norm=clip, use_ghost_clipping=True)
    optimizer = DPOptimizerFastGradientClipping(
        torch.optim.SGD(network.parameters(), 1.0), noise_multiplier=0.0, max_grad_norm=clip, expected_batch_size=40
    )
    loss = DPLossFastGradientClipping(network, optimizer, torch.nn.CrossEntropyLoss())
    x, y = host.tensors(train).tensors
    loss(network(x), y).backward()
    optimizer.step()

    def moved(after: torch.nn.Module) -> torch.Tensor:
        pairs = zip(after.parameters(), before.parameters(), strict=True)
        return torch.cat([(new - old).reshape(-1) for new, old in pairs]).detach()

    assert float((moved(ours) - moved(network)).norm() / moved(network).norm()) <= 1e-4
