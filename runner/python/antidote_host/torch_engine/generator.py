from hashlib import shake_256

import torch

_WORDS = 624
_BEFORE = 24
"""Bytes of the state before the words of the Mersenne Twister; each word stands in 8 bytes. Then come 40 of the rest."""


def generator_of(stream: bytes, device: torch.device) -> torch.Generator:
    """A generator whose numbers follow from all 32 bytes of the stream on a processor, from 8 of them on a GPU.

    `manual_seed` takes 64 bits, but on a processor PyTorch uses the lower 32 alone: four billion seeds, which can be tried.
    """
    generator = torch.Generator(device)
    seed(generator, stream)
    return generator


def seed(generator: torch.Generator, stream: bytes) -> None:
    """As `generator_of`. Raises RuntimeError where PyTorch keeps its state in another form than is known."""
    digest = shake_256(stream).digest(8 + 4 * _WORDS)
    generator.manual_seed(int.from_bytes(digest[:8], "little"))
    if generator.device.type == "cpu":
        generator.set_state(_with_words(generator.get_state(), digest[8:]))


def _with_words(state: torch.Tensor, drawn: bytes) -> torch.Tensor:
    if state.numel() != _BEFORE + 8 * _WORDS + 40:
        raise RuntimeError(f"PyTorch's generator has a state of {state.numel()} bytes; 5056 are known")
    words = state[_BEFORE : _BEFORE + 8 * _WORDS].view(_WORDS, 8)
    words[:, :4] = torch.frombuffer(bytearray(drawn), dtype=torch.uint8).view(_WORDS, 4)
    return state
