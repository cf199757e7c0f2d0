"""Standard normal noise from a seed, the same numbers in Python and in the browser (web/engine/noise.js).

Philox 4x32-10 (Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3; SC 2011) and Box-Muller.
"""

import numpy as np

_MULTIPLY = (np.uint64(0xD2511F53), np.uint64(0xCD9E8D57))
_WEYL = (0x9E3779B9, 0xBB67AE85)
_LOW = np.uint64(0xFFFFFFFF)


def philox(counter: np.ndarray, key: tuple[int, int]) -> np.ndarray:
    """Ten rounds of Philox 4x32.

    Args:
        counter: (blocks, 4) uint32.
        key: two 32-bit words.

    Returns:
        (blocks, 4) uint32, uniform random words.
    """
    c0, c1, c2, c3 = (counter[:, i].astype(np.uint64) for i in range(4))
    k0, k1 = key
    for _ in range(10):
        left, right = _MULTIPLY[0] * c0, _MULTIPLY[1] * c2
        c0, c1, c2, c3 = (
            (right >> np.uint64(32)) ^ c1 ^ np.uint64(k0),
            right & _LOW,
            (left >> np.uint64(32)) ^ c3 ^ np.uint64(k1),
            left & _LOW,
        )
        k0, k1 = (k0 + _WEYL[0]) & 0xFFFFFFFF, (k1 + _WEYL[1]) & 0xFFFFFFFF
    return np.stack([c0, c1, c2, c3], axis=1).astype(np.uint32)


def normal(seed: int, samples: int, latent: int, first: int = 0) -> np.ndarray:
    """(samples, latent) float32 standard normal numbers; draw i does not depend on how many draws are asked for.

    Block b of sample i has counter (b, i, 0, 0) and key (seed, 0); its four words make four numbers:
    sqrt(-2 ln u1) cos(2 pi u2), sqrt(-2 ln u1) sin(2 pi u2), and the same of u3, u4, with u = (word + 0.5) / 2^32.

    Args:
        seed: 0 .. 2^32 - 1.
        samples, latent: how many rows and columns.
        first: the draw that comes first, so that a long list can be made in parts.
    """
    blocks = -(-latent // 4)
    counter = np.zeros((samples * blocks, 4), np.uint32)
    counter[:, 0] = np.tile(np.arange(blocks, dtype=np.uint32), samples)
    counter[:, 1] = np.repeat(np.arange(first, first + samples, dtype=np.uint32), blocks)
    uniform = (philox(counter, (seed & 0xFFFFFFFF, 0)).astype(np.float64) + 0.5) / 2.0**32
    radius = np.sqrt(-2.0 * np.log(uniform[:, 0::2]))
    angle = 2.0 * np.pi * uniform[:, 1::2]
    pairs = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=2)
    return pairs.reshape(samples, blocks * 4)[:, :latent].astype(np.float32)
