"""DP-SGD by Opacus: clipping norm 1, noise multiplier .5, Poisson sampling. The check of the harness's own DP-SGD.

Abadi et al. 2016, https://arxiv.org/abs/1607.00133; Yousefpour et al. 2021, https://arxiv.org/abs/2109.12298
"""

import torch
from opacus.data_loader import DPDataLoader
from opacus.grad_sample import GradSampleModuleFastGradientClipping
from opacus.optimizers import DPOptimizerFastGradientClipping
from opacus.utils.fast_gradient_clipping_utils import DPLossFastGradientClipping

CLIPPING_NORM = 1.0
NOISE_MULTIPLIER = 0.5


def train(task, host):
    recipe, n = host.recipe, task.train.n
    model = GradSampleModuleFastGradientClipping(
        host.model(), max_grad_norm=CLIPPING_NORM, use_ghost_clipping=True, loss_reduction="mean"
    )
    plain = torch.optim.SGD(
        model.parameters(), recipe.learning_rate, momentum=recipe.momentum, weight_decay=recipe.weight_decay
    )
    optimizer = DPOptimizerFastGradientClipping(
        plain,
        noise_multiplier=NOISE_MULTIPLIER,
        max_grad_norm=CLIPPING_NORM,
        expected_batch_size=recipe.batch_size,
        loss_reduction="mean",
        generator=torch.default_generator,  # seeded by the guest with all of the trial's stream
    )
    loss = DPLossFastGradientClipping(model, optimizer, torch.nn.CrossEntropyLoss(reduction="mean"), "mean")
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(plain, recipe.steps)
    loader = DPDataLoader(host.tensors(task.train), sample_rate=min(1.0, recipe.batch_size / n))
    step = 0
    while step < recipe.steps:
        for x, y in loader:
            optimizer.zero_grad()
            loss(model(x), y).backward()
            optimizer.step()
            if recipe.schedule == "cosine":
                schedule.step()
            step += 1
            if step == recipe.steps:
                break
    return model
