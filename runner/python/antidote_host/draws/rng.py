from hashlib import sha256
from typing import Final

import numpy as np
from numpy.typing import NDArray

from antidote_host.draws.jumps import LANES, STEPS, advance, jumped

_STEP_DOUBLINGS: Final = STEPS.bit_length() - 1
_BLOCK_DOUBLINGS: Final = (LANES * STEPS).bit_length() - 1


class Rng:
    """Seeded randomness that forks by name: bit for bit the draws of `runner/random/rng.ts`.

    A stream is 32 bytes. Its draws come from a hash of them, a fork is a hash of them and a name. The generator is
    xoshiro128**. 512 generators that start 64 steps apart make a block of draws at once: NumPy then takes 40 ns a draw,
    where a loop in Python takes 2 µs.
    """

    def __init__(self, stream: bytes) -> None:
        if len(stream) != 32:
            raise ValueError(f"Rng: a stream of {len(stream)} bytes; 32 are wanted")
        self.stream: Final = stream
        self._words: NDArray[np.uint32] = np.empty(0, np.uint32)
        self._next = 0
        self._starts: NDArray[np.uint32] | None = None

    def fork(self, name: str) -> "Rng":
        return Rng(_hash(f"fork {name}", self.stream))

    def words(self, n: int) -> NDArray[np.uint32]:
        """The next n draws of 32 bits, [n]."""
        while len(self._words) - self._next < n:
            self._words = np.concatenate([self._words[self._next :], self._block()])
            self._next = 0
        self._next += n
        return self._words[self._next - n : self._next]

    def uniform(self) -> float:
        """Uniform in [0, 1), a multiple of 2^-53."""
        return float(self.uniforms(1)[0])

    def uniforms(self, n: int) -> NDArray[np.float64]:
        """[n]"""
        pairs = self.words(2 * n).reshape(n, 2)
        high = (pairs[:, 0] >> np.uint32(5)).astype(np.float64)
        low = (pairs[:, 1] >> np.uint32(6)).astype(np.float64)
        uniform: NDArray[np.float64] = (high * 67_108_864 + low) / 9_007_199_254_740_992
        return uniform

    def below(self, bounds: NDArray[np.int64]) -> NDArray[np.int64]:
        """For each bound a number uniform in 0 … bound − 1, without bias: a draw that would bias it is drawn again."""
        fair = (1 << 32) - (1 << 32) % bounds
        drawn = np.empty_like(bounds)
        done = 0
        while done < len(bounds):
            words = self.words(len(bounds) - done).astype(np.int64)
            unfair = np.flatnonzero(words >= fair[done:])
            good = int(unfair[0]) if len(unfair) else len(words)
            drawn[done : done + good] = words[:good] % bounds[done : done + good]
            self._next -= max(0, len(words) - good - 1)  # back to behind the draw that is drawn again
            done += good
        return drawn

    def move_to_front(self, values: list[int], k: int) -> None:
        """Swaps a uniform k-subset of the values, in uniform order, into the first k places."""
        n = len(values)
        others = self.below(np.arange(n, n - k, -1, dtype=np.int64))
        for place, offset in enumerate(others.tolist()):
            other = place + offset
            values[place], values[other] = values[other], values[place]

    def _block(self) -> NDArray[np.uint32]:
        """The next LANES · STEPS draws."""
        if self._starts is None:
            self._starts = np.empty((LANES, 4), np.uint32)
            self._starts[0] = np.frombuffer(_hash("draws", self.stream)[:16], "<u4")
            for lane in range(1, LANES):
                self._starts[lane] = jumped(self._starts[lane - 1 : lane], _STEP_DOUBLINGS)[0]
        a, b, c, d = np.ascontiguousarray(self._starts.T)
        made = np.empty((STEPS, LANES), np.uint32)
        for step in range(STEPS):
            five = b * np.uint32(5)
            made[step] = ((five << np.uint32(7)) | (five >> np.uint32(25))) * np.uint32(9)
            a, b, c, d = advance((a, b, c, d))
        self._starts = jumped(self._starts, _BLOCK_DOUBLINGS)
        block: NDArray[np.uint32] = made.T.reshape(-1)
        return block


def _hash(label: str, stream: bytes) -> bytes:
    return sha256(f"antidote {label}\0".encode() + stream).digest()
