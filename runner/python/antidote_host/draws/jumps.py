from functools import cache

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint32]

LANES, STEPS = 512, 64
"""A block of draws is made by that many generators at once, each going that many steps."""

_FULL = 0xFFFFFFFF


def advance(state: tuple[Words, Words, Words, Words]) -> tuple[Words, Words, Words, Words]:
    """One step of xoshiro128** (Blackman and Vigna 2018, https://arxiv.org/abs/1805.01407), for every lane at once."""
    a, b, c, d = state
    mixed = d ^ b
    return a ^ mixed, b ^ c ^ a, c ^ a ^ (b << np.uint32(9)), (mixed << np.uint32(11)) | (mixed >> np.uint32(21))


def _step_of(state: int) -> int:
    a, b, c, d = (state >> shift & _FULL for shift in (0, 32, 64, 96))
    mixed = d ^ b
    rolled = (mixed << 11 | mixed >> 21) & _FULL
    return (a ^ mixed) | (b ^ c ^ a) << 32 | ((c ^ a ^ b << 9) & _FULL) << 64 | rolled << 96


def _applied(images: list[int], state: int) -> int:
    moved = 0
    while state:
        lowest = state & -state
        moved ^= images[lowest.bit_length() - 1]
        state ^= lowest
    return moved


@cache
def jump(doublings: int) -> NDArray[np.uint32]:
    """The map of a state to that of 2^doublings steps later, by the bytes of the state: [16, 256, 4].

    A step is linear over the bits of the state, so the map of twice as many steps is the map applied to itself.
    """
    images = [_step_of(1 << bit) for bit in range(128)]
    for _ in range(doublings):
        images = [_applied(images, image) for image in images]
    table = np.zeros((16, 256, 4), np.uint32)
    for place in range(16):
        for byte in range(256):
            table[place, byte] = words_of(_applied(images, byte << 8 * place))
    return table


def words_of(state: int) -> Words:
    return np.frombuffer(state.to_bytes(16, "little"), "<u4").astype(np.uint32)


def jumped(states: Words, doublings: int) -> Words:
    """Every state, [lanes, 4], after 2^doublings steps."""
    table = jump(doublings)
    parts = np.ascontiguousarray(states, "<u4").view(np.uint8)  # [lanes, 16]
    moved: Words = table[0][parts[:, 0]]
    for place in range(1, 16):
        moved ^= table[place][parts[:, place]]
    return moved
