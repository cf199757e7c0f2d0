"""Networks whose layers are not torch's own do what they say."""

import torch
from torch.nn import functional as F

from latent_core.training.networks.even import EvenDoubling


def test_an_even_doubling_is_a_convolution_of_the_smooth_enlargement():
    """At the edges too: as if the edge went on outside."""
    with torch.random.fork_rng():
        torch.manual_seed(0)
        layer, x = EvenDoubling(5, 3), torch.randn(2, 5, 6, 7)
        torch.nn.init.normal_(layer.bias)
    wider = F.pad(x, (1, 1, 1, 1), mode="replicate")
    enlarged = F.interpolate(wider, scale_factor=2, mode="bilinear", align_corners=False)[:, :, 1:-1, 1:-1]
    taps = layer.taps.weight.reshape(3, 3, 3, 5).permute(0, 3, 1, 2)
    assert torch.allclose(layer(x), F.conv2d(enlarged, taps, layer.bias), atol=1e-5)


def test_what_is_even_before_an_even_doubling_is_even_after_it():
    layer = EvenDoubling(5, 3)
    one = layer(torch.rand(1, 5, 1, 1).expand(1, 5, 6, 7))
    assert torch.allclose(one, one[:, :, :1, :1].expand_as(one), atol=1e-5)
