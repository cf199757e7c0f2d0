"""Facts of the objectives' mathematics, and the promises that every objective keeps."""

import dataclasses
import math

import pytest
import torch

from latent_core import registry
from latent_core.models.halves import covered
from latent_core.training import networks, objectives
from latent_core.training.networks import halves
from latent_core.training.objectives import (
    attribute2image,
    cgan,
    cvae,
    dip,
    epanechnikov,
    factor,
    gamix,
    gan,
    label_guided,
    ladder,
    mmd,
    mmvm,
    moe,
    musicvae,
    poisson,
    tc,
)  # fmt: skip
from latent_core.training.objectives.set import chosen
from latent_core.training.posteriors import Counts, Gaussian
from latent_core.training.presets import Preset
from latent_core.training.steps import publish

EVERY = registry.names(objectives.ROOM)


def draw(rows, latent, seed=0):
    return torch.randn(rows, latent, generator=torch.Generator().manual_seed(seed))


def batch(step=0, rows=4, classes=3):
    """A step that sees no pictures: regularisers look at latents alone."""
    rng = torch.Generator().manual_seed(step)
    return objectives.Batch(torch.zeros(rows, 1, 1, 1), torch.arange(rows) % classes, step, rng)


def standard(rows=4, latent=3):
    return Gaussian(torch.zeros(rows, latent), torch.zeros(rows, latent))


@pytest.mark.parametrize("name", EVERY)
def test_every_objective_gives_finite_terms_that_reach_the_encoder(name):
    objective, shape = objectives.make(name, {}), (1, 8, 8)
    network = objective.network(networks.trainable(objective.latent_kind, objective.likelihood)[0], 6, 3)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model = network.build(shape, objective.size(8, 3))
        extra = torch.nn.ModuleDict({**objective.players(8, 3), **objective.opponents(8, 3, shape)})
    pictures = torch.rand(16, *shape, generator=torch.Generator().manual_seed(1))
    terms = objective.losses(model, extra, dataclasses.replace(batch(rows=16), pictures=pictures))
    assert ("reconstruction" in terms.own) == (objective.places == "encoded") and bool(terms.opposing) == bool(
        objective.opponents(8, 3, shape)
    )
    assert all(value.ndim == 0 and torch.isfinite(value) for value in (terms.own | terms.opposing).values())
    sum(value for term, value in terms.own.items() if term != "reconstruction").backward()
    felt = torch.cat([one.grad.flatten() for one in model.encoder.parameters() if one.grad is not None])
    assert torch.isfinite(felt).all() and felt.abs().sum() > 0


@pytest.mark.parametrize("name", EVERY)
def test_every_objective_is_a_frozen_dataclass_that_explains_itself(name):
    kind = objectives.kind(name)
    assert dataclasses.is_dataclass(kind) and kind.__dataclass_params__.frozen
    assert kind.__doc__ and not kind.__doc__.startswith(f"{kind.__name__}(")
    with pytest.raises(dataclasses.FrozenInstanceError):
        kind().nothing = 1


@pytest.mark.parametrize("name", EVERY)
def test_no_field_of_an_objective_has_the_name_of_another_flag_of_training(name):
    others = {one.name for one in dataclasses.fields(Preset)} | {"root", "models", "runs", "threads"}
    assert not others & {one.name for one in dataclasses.fields(objectives.kind(name))}


def test_divergence_of_the_prior_from_itself_is_nothing():
    assert standard().divergence().abs().max() == 0


def test_divergence_of_a_mean_of_ones_is_half_a_nat_a_dimension():
    q = Gaussian(torch.ones(4, 3), torch.zeros(4, 3))
    assert torch.allclose(q.divergence(), torch.tensor(0.5))
    terms = objectives.make("elbo", {}).regulariser(q, q.mean, batch(), torch.nn.ModuleDict())
    assert terms["kl"].item() == pytest.approx(1.5)


def test_divergence_agrees_with_torch():
    q = Gaussian(draw(8, 3), draw(8, 3, 1))
    wanted = torch.distributions.kl_divergence(
        torch.distributions.Normal(q.mean, q.spread()), torch.distributions.Normal(0.0, 1.0)
    )
    assert torch.allclose(q.divergence(), wanted, atol=1e-5)


def test_the_elbo_weight_warms_up_and_then_stays():
    elbo = objectives.make("elbo", {"warm_up": 100})
    assert [elbo.weight(step) for step in (0, 49, 99, 5000)] == pytest.approx([0.01, 0.5, 1, 1])
    assert objectives.make("elbo", {"kl": 2.0}).weight(0) == 2


def test_reconstruction_of_a_fair_coin_costs_log_two_a_pixel():
    x = torch.rand(5, 7, generator=torch.Generator().manual_seed(0))
    cost = objectives.Objective().reconstruction(torch.zeros(5, 7), x)["reconstruction"]
    assert cost.item() == pytest.approx(7 * math.log(2), rel=1e-5)


def test_pixels_in_colour_are_gaussian_with_the_variance_that_makes_them_likeliest():
    x = torch.rand(5, 12, generator=torch.Generator().manual_seed(0))
    near = (x + 0.1 * draw(5, 12)).clamp(0.01, 0.99)
    cost = objectives.in_colour(near, x)["reconstruction"].item()
    spreads = [0.05, 0.1, 0.2, (near - x).square().mean().sqrt().item()]
    costs = [-torch.distributions.Normal(near, spread).log_prob(x).sum(1).mean().item() for spread in spreads]
    assert cost == pytest.approx(costs[-1], rel=1e-4) and cost == pytest.approx(min(costs), rel=1e-4)
    assert math.isfinite(objectives.in_colour(x, x)["reconstruction"].item())
    told = {channels: publish.likelihood("elbo", channels) for channels in (1, 3)}
    assert told == {1: "bernoulli", 3: "gaussian"} and publish.likelihood("musicvae", 1) == "categorical"


@pytest.mark.parametrize("name", ["elbo", "vq", "cvae", "poisson"])
def test_every_objective_measures_colour_alike(name, monkeypatch):
    objective, shape = objectives.make(name, {}), (3, 8, 8)
    network = objective.network(networks.trainable(objective.latent_kind, objective.likelihood)[0], 6, 3)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model = network.build(shape, objective.size(8, 3))
    seen = []

    def measured(rebuilt, x):
        seen.append((rebuilt, x))
        return {"reconstruction": x.sum()}

    monkeypatch.setattr(objectives, "in_colour", measured)
    pictures = torch.rand(4, *shape, generator=torch.Generator().manual_seed(1))
    objective.losses(model, objective.players(8, 3), dataclasses.replace(batch(), pictures=pictures))
    ((rebuilt, x),) = seen
    assert torch.equal(x, pictures.flatten(1)) and rebuilt.shape == x.shape and 0 <= rebuilt.min() <= rebuilt.max() <= 1


def test_discrepancy_of_the_same_points_is_nothing_and_grows_with_a_shift():
    a = draw(200, 8)
    assert mmd.discrepancy(a, a).abs() < 1e-6
    near, far = (mmd.discrepancy(a + shift, draw(200, 8, 1)) for shift in (0.5, 3.0))
    floor = mmd.discrepancy(a, draw(200, 8, 1))
    assert 0 < floor < near < far < 2


def test_latents_that_went_far_away_still_feel_a_pull():
    """A single Gaussian kernel of this width is flat there: exp(-50^2 * 8 / 64) is 0 in 32 bits."""
    z = (draw(100, 8) + 50).requires_grad_()
    mmd.discrepancy(z, draw(100, 8, 1)).backward()
    pull = z.grad.sum(0)
    assert (pull > 1e-6).all()  # a step downhill leads back
    gaussian = torch.exp(-torch.cdist(z.detach(), draw(100, 8, 1)).square() / 8)
    assert gaussian.max() == 0


def test_too_narrow_and_too_wide_clouds_both_cost():
    prior = draw(500, 4, 1)
    costs = [mmd.discrepancy(draw(500, 4) * width, prior).item() for width in (0.3, 1.0, 2.5)]
    assert costs[1] < costs[0] and costs[1] < costs[2]


def test_noise_while_training_adds_to_the_variance_of_the_posterior():
    q = Gaussian(draw(4, 3), torch.full((4, 3), -2.0))
    drawn = objectives.make("mmd", {"noise": 0.5}).sample(q, torch.ones(4, 3))
    assert torch.allclose((drawn - q.mean).square(), q.spread().square() + 0.25)
    assert torch.equal(objectives.make("mmd", {}).sample(q, torch.ones(4, 3)), q.sample(torch.ones(4, 3)))


def test_the_pull_of_the_discrepancy_warms_up():
    z = draw(50, 4)
    q, none = Gaussian(z, z), torch.nn.ModuleDict()
    early, late, plain = (
        objectives.make("mmd", fields).regulariser(q, z, batch(49, 50), none)["mmd"].item()
        for fields in ({"warm_up": 100}, {"warm_up": 50}, {})
    )
    assert early == pytest.approx(plain / 2) and late == pytest.approx(plain)


def test_the_label_weight_starts_loud_turns_at_its_step_and_ends_quiet():
    guided = label_guided.LabelGuided()
    assert guided.weight(0) == pytest.approx(20)
    assert guided.weight(4000) == pytest.approx((20 + 0.01) / 2)
    assert guided.weight(3900) == pytest.approx(20, rel=1e-3)
    assert guided.weight(4200) == pytest.approx(0.01, rel=1e-4)
    assert guided.weight(10**9) == pytest.approx(0.01)


def test_the_label_guided_pull_is_weak_on_purpose():
    """|mean| and not its square; the mean over dimensions and not the sum."""
    q = Gaussian(torch.full((4, 6), 3.0), torch.zeros(4, 6))
    guided = label_guided.LabelGuided()
    terms = guided.regulariser(q, q.mean, batch(10**6, classes=2), guided.players(6, 2))
    assert terms["kl"].item() == pytest.approx(1.5)


def test_the_label_guided_reconstruction_is_a_squared_error():
    cost = label_guided.LabelGuided().reconstruction(torch.zeros(2, 10), torch.ones(2, 10))["reconstruction"]
    assert cost.item() == pytest.approx(10 * 0.25)


def test_beta_is_elbo_with_a_stronger_pull():
    q = Gaussian(draw(8, 3), draw(8, 3, 1))
    beta, elbo = (objectives.make(name, {}).regulariser(q, q.mean, batch(), torch.nn.ModuleDict())["kl"].item()
                  for name in ("beta", "elbo"))  # fmt: skip
    assert beta == pytest.approx(4 * elbo)


def test_the_total_correlation_of_a_correlated_cloud_is_that_of_its_formula():
    """-1/2 log(1 - rho^2) of two Gaussian numbers; 0 of independent ones."""
    rho, spread, shared = 0.9, 0.3, draw(2000, 2)
    for pull, wanted in ((0.0, 0.0), (rho, -0.5 * math.log(1 - (rho / (1 + spread**2)) ** 2))):
        mean = torch.stack([shared[:, 0], pull * shared[:, 0] + math.sqrt(1 - pull**2) * shared[:, 1]], 1)
        q = Gaussian(mean, torch.full((2000, 2), 2 * math.log(spread)))
        assert tc.total_correlation(q, q.sample(draw(2000, 2, 1))).item() == pytest.approx(wanted, abs=0.05)


def test_a_beta_of_1_leaves_the_total_correlation_to_elbo():
    q = Gaussian(draw(8, 3), draw(8, 3, 1))
    terms = objectives.make("tc", {"beta": 1.0}).regulariser(q, q.mean, batch(), torch.nn.ModuleDict())
    assert terms["tc"] == 0 and torch.equal(terms["kl"], q.divergence().sum(1).mean())


def test_no_covariance_but_that_of_the_round_cloud_is_free():
    corners = torch.tensor([[1.0, 1], [1, -1], [-1, 1], [-1, -1]])  # variance 1, no covariance
    tight, half = torch.full((4, 2), -30.0), torch.full((4, 2), math.log(0.5))
    one, two = objectives.make("dip", {"kind": "i"}), objectives.make("dip", {"kind": "ii", "unit": 5.0})
    cost = lambda objective, q: objective.regulariser(q, q.mean, batch(), torch.nn.ModuleDict())["covariance"].item()  # noqa: E731
    assert cost(one, Gaussian(corners, half)) == cost(two, Gaussian(corners, tight)) == pytest.approx(0, abs=1e-6)
    assert cost(two, Gaussian(corners, half)) == pytest.approx(5 * 2 * 0.5**2)
    turned = corners @ torch.tensor([[1.0, 1], [0, 1]])  # the second number now holds the first
    assert torch.allclose(dip.covariance(Gaussian(turned, tight), "i"), torch.tensor([[1.0, 1], [1, 2]]))
    assert cost(one, Gaussian(turned, tight)) == pytest.approx(10 * 2 * 1 + 10 * 1)


def test_shuffled_numbers_keep_each_numbers_values_and_lose_what_they_share():
    z = draw(500, 1).repeat(1, 3)
    mixed = factor.shuffled(z, torch.Generator().manual_seed(1))
    assert torch.equal(mixed.sort(0).values, z.sort(0).values)
    assert (torch.corrcoef(z.T) > 0.99).all() and torch.corrcoef(mixed.T).fill_diagonal_(0).abs().max() < 0.15


def test_an_opponent_learns_to_tell_codes_from_shuffled_ones_and_its_odds_are_the_total_correlation():
    rho = 0.9
    plan = factor.Factor(hidden=32, layers=2)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        opponents = plan.opponents(2, 3, (1, 8, 8))
    adam, rng = torch.optim.Adam(opponents.parameters(), lr=3e-3), torch.Generator().manual_seed(2)
    mix = torch.tensor([[1.0, rho], [0, math.sqrt(1 - rho**2)]])
    for step in range(400):
        seen = batch(step, 256)
        loss = plan.opposing(torch.randn(256, 2, generator=rng) @ mix, seen, opponents)["discriminator"]
        adam.zero_grad()
        loss.backward()
        adam.step()
    z = torch.randn(4000, 2, generator=rng) @ mix
    term = plan.regulariser(Gaussian(z, z * 0), z, batch(), opponents)["tc"].item()
    assert term / plan.gamma == pytest.approx(-0.5 * math.log(1 - rho**2), rel=0.15)


def test_a_crowd_with_the_mean_and_the_variance_of_the_round_cloud_is_free_wherever_its_pictures_lie():
    corners = torch.tensor([[1.0, 1], [1, -1], [-1, 1], [-1, -1]])  # mean 0, variance 1
    assert gamix.moments(corners).item() == pytest.approx(0, abs=1e-5)
    # mean 3 and variance 4 in both: (4 + 9 - 1 - log 4) / 2 each
    assert gamix.moments(2 * corners + 3).item() == pytest.approx(12 - math.log(4), abs=1e-4)
    assert torch.isfinite(gamix.moments(torch.zeros(4, 2)))  # a batch of one place
    wide = Gaussian(corners * 9, torch.full((4, 2), math.log(4)))
    assert gamix.own_variance(wide).item() == pytest.approx(2 * (4 - 1 - math.log(4)), rel=1e-5)


def test_patches_that_look_rebuilt_cost_the_decoder_and_teach_the_opponent_alone():
    plan = gamix.Gamix(channels=2)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        opponents, model = plan.opponents(2, 3, (1, 8, 8)), networks.of_width("mlp", 4).build((1, 8, 8), 2)
    pictures = torch.rand(6, 1, 8, 8, generator=torch.Generator().manual_seed(1))
    terms = plan.losses(model, opponents, dataclasses.replace(batch(rows=6), pictures=pictures))
    assert opponents["discriminator"](pictures).shape == (6, 1, 2, 2)  # one answer a patch
    assert terms.own["patches"].item() == pytest.approx(20 * math.log(2), rel=0.2)  # who knows nothing says a half
    assert terms.opposing["discriminator"].item() == pytest.approx(2 * math.log(2), rel=0.2)
    terms.opposing["discriminator"].backward(retain_graph=True)
    assert all(one.grad is None for one in model.parameters())
    terms.own["patches"].backward()
    assert model.decoder.out.weight.grad.abs().sum() > 0


def test_the_hill_around_a_picture_has_an_edge_a_spread_and_the_density_that_is_claimed():
    k = epanechnikov.kernel(draw(200_000, 1)).flatten()
    assert k.abs().max() < 1 and k.mean().abs() < 0.005 and k.square().mean().item() == pytest.approx(1 / 5, abs=0.002)
    uniform = torch.rand(200_000, 3, generator=torch.Generator().manual_seed(1)) * 2 - 1
    middle = uniform.median(1).values  # the paper's way to draw
    at = torch.linspace(0.05, 0.95, 19)
    assert torch.allclose(k.quantile(at), middle.quantile(at), atol=0.01)
    assert epanechnikov.kernel(torch.tensor([0.0, 9.0, -9.0])).tolist() == pytest.approx([0, 1, -1], abs=1e-4)
    q = Gaussian(torch.full((200_000, 1), 3.0), torch.full((200_000, 1), 2 * math.log(0.5)))
    drawn = epanechnikov.Epanechnikov().sample(q, draw(200_000, 1, 2))
    assert drawn.std().item() == pytest.approx(0.5, abs=0.005) and (drawn - 3).abs().max() <= 0.5 * math.sqrt(5)


def test_only_the_width_of_a_hill_costs():
    far = Gaussian(torch.full((4, 3), 1e3), torch.full((4, 3), 2 * math.log(0.2 / math.sqrt(5))))  # r = 0.2
    terms = epanechnikov.Epanechnikov(prior_width=1.0).regulariser(far, far.mean, batch(), torch.nn.ModuleDict())
    assert terms["narrow"].item() == pytest.approx(0.6 * 3 / 0.2, rel=1e-5)


def labelled(classes=3):
    """A conditional VAE of 2 numbers and 3 classes, untrained, and pictures for it."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model = cvae.Cvae().network("labelled", 5, classes).build((1, 8, 8), 2 + classes)
    return model, torch.rand(6, 1, 8, 8, generator=torch.Generator().manual_seed(1))


def test_a_latent_with_classes_is_a_style_and_shares_and_any_mean_of_such_is_one():
    model, pictures = labelled()
    q = model.encoder(pictures)
    style, shares = q.mean[:, :2], q.mean[:, 2:]
    assert torch.allclose(shares.sum(1), torch.ones(6)) and (q.spread()[:, 2:] == 0).all()
    assert torch.equal(model.encoder.given(pictures, shares).mean, style)
    z = torch.cat([style, 3 * shares], 1)  # shares of any sum
    assert torch.allclose(model.decoder(z), model.decoder(q.mean), atol=1e-5)
    z[:, 2], shares = -1, shares.clone()  # less than nothing of a class is nothing of it
    shares[:, 0] = 0
    assert torch.allclose(model.decoder(z), model.decoder(torch.cat([style, shares], 1)), atol=1e-5)
    assert torch.isfinite(model.decoder(torch.zeros(1, 5))).all()


def test_the_class_is_told_and_only_the_classifier_hears_whether_it_was_seen():
    model, pictures = labelled()
    losses = cvae.Cvae().losses(model, torch.nn.ModuleDict(), dataclasses.replace(batch(rows=6), pictures=pictures))
    losses.own["label"].backward()
    heard = {name for name, one in model.named_parameters() if one.grad is not None}
    assert heard == {f"encoder.{layer}.{kind}" for layer in ("seen", "class_of") for kind in ("weight", "bias")}
    drawn = cvae.Cvae().drawn(2, torch.tensor([2, 0]), 3, torch.Generator().manual_seed(0))
    assert drawn[:, 2:].tolist() == [[0, 0, 1], [1, 0, 0]] and cvae.Cvae().blocks(2, 3) == {"style": 2, "class": 3}


def test_the_divergence_of_counts_agrees_with_torch_and_is_nothing_at_the_priors_rates():
    log_rate, log_prior = draw(8, 3), draw(1, 3, 1)[0]
    poisson_of = torch.distributions.Poisson
    wanted = torch.distributions.kl_divergence(poisson_of(log_rate.exp()), poisson_of(log_prior.exp().expand(8, 3)))
    assert torch.allclose(Counts(log_rate, log_prior).divergence(), wanted, atol=1e-5)
    assert Counts(log_prior.expand(8, 3), log_prior).divergence().abs().max() < 1e-6


def test_cold_counts_are_whole_numbers_with_the_mean_and_the_variance_of_their_rate():
    rate = torch.tensor([0.1, 2.0, 9.0])
    q = Counts(rate.log().expand(4000, 3).clone().requires_grad_(), torch.zeros(3))
    z = q.sample(torch.Generator().manual_seed(0), 1e-4)
    assert (z - z.round()).abs().quantile(0.99) < 1e-3 and (z >= 0).all()
    assert torch.allclose(z.mean(0), rate, rtol=0.1) and torch.allclose(z.var(0), rate, rtol=0.12)
    assert torch.allclose(q.mean.sqrt(), q.spread())
    q.sample(torch.Generator().manual_seed(0), 0.5).sum().backward()
    assert (q.log_rate.grad.mean(0) > 0).all()  # more events at a higher rate
    steps = [poisson.Poisson(cool=100).temperature(step) for step in (0, 49, 99, 10**6)]
    assert steps == pytest.approx([0.9905, 0.525, 0.05, 0.05])


def test_less_than_no_count_is_none():
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model = networks.of_width("counts", 5).build((1, 8, 8), 3)
    z = torch.tensor([[1.0, -2.0, 0.5]])
    assert torch.equal(model.decoder(z), model.decoder(z.clamp_min(0)))


def book(count=6, width=4):
    """A VQ-VAE for pictures of 8 x 8, four cells of two numbers, with a book of so many codes."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return networks.build("vq", {"width": width, "codes": count}, (1, 8, 8), 8)


def pictured(rows=16, step=0):
    rng = torch.Generator().manual_seed(step)
    return objectives.Batch(torch.rand(rows, 1, 8, 8, generator=rng), torch.arange(rows) % 3, step, rng)


def test_every_cell_is_decoded_as_the_nearest_code():
    decoder = book().decoder
    decoder.book.copy_(draw(2, 6))
    z = draw(5, 8, 1)
    wanted = torch.cdist(z.reshape(-1, 2), decoder.book.T).argmin(1).reshape(5, 4)
    assert torch.equal(decoder.nearest(z), wanted)
    assert torch.equal(decoder.nearest(decoder.of(wanted)), wanted)
    assert torch.equal(decoder(z), decoder(decoder.of(wanted)))


def test_a_book_begins_on_the_data_and_codes_without_use_begin_anew():
    model, vq_vae = book(), objectives.make("vq", {"renew": 1})
    vq_vae.losses(model, torch.nn.ModuleDict(), pictured())
    decoder, z = model.decoder, model.encoder(pictured().pictures).mean.detach()
    assert torch.cdist(decoder.book.T, z.reshape(-1, 2)).min(1).values.max() < 0.1 * z.std()
    decoder.book[:, 0], decoder.sums[:, 0], decoder.used[0] = 100.0, 0.0, 0.0
    vq_vae.losses(model, torch.nn.ModuleDict(), pictured(step=1))
    assert decoder.book.abs().max() < 50 and (decoder.used > 0).all()


def test_codes_move_to_the_mean_of_what_they_replace_and_stay_where_nothing_changes():
    model, vq_vae = book(count=2), objectives.make("vq", {"memory": 0.5, "least": 0.0})
    decoder, z = model.decoder, torch.tensor([[0.0, 0, 1, 1, 10, 10, 11, 11]])
    decoder.book.copy_(torch.tensor([[0.2, 9.0], [0.2, 9.0]]))
    decoder.used.fill_(2.0)
    decoder.sums.copy_(2 * decoder.book)
    for step in range(40):
        vq_vae.move(decoder, z, pictured(1, step + 1))
    assert torch.allclose(decoder.book, torch.tensor([[0.5, 10.5], [0.5, 10.5]]), atol=1e-4)


def test_what_codes_lose_is_the_spread_and_gradients_pass_them_by():
    model, vq_vae = book(), objectives.make("vq", {"commitment": 0.0})
    terms = vq_vae.losses(model, torch.nn.ModuleDict(), pictured()).own
    q = model.encoder(pictured().pictures)
    lost = (q.mean - model.decoder.of(model.decoder.nearest(q.mean))).square().mean().sqrt()
    assert torch.allclose(q.spread(), lost.detach(), rtol=1e-3)
    terms["reconstruction"].backward()
    assert model.encoder.one.weight.grad.abs().sum() > 0 and model.decoder.book.grad is None


def test_commitment_is_a_part_of_the_squared_distance_to_the_codes():
    q, codes = Gaussian(draw(4, 8), torch.zeros(4, 8)), draw(4, 8, 1)
    cost = objectives.make("vq", {"commitment": 0.5}).regulariser(q, codes, batch(), torch.nn.ModuleDict())
    assert cost["commitment"].item() == pytest.approx(0.5 * (q.mean - codes).square().sum(1).mean().item())


# A ladder: two levels, the fine one told relative to what the coarse one leads one to expect.


def rungs(latent=6):
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return networks.of_width("ladder", 8).build((1, 8, 8), latent).eval()


def test_a_hint_and_what_is_expected_are_two_witnesses_whose_precisions_add_up():
    encoder, top = rungs().encoder, draw(5, 2)
    hint = Gaussian(draw(5, 4, 1), draw(5, 4, 2))
    before, told = encoder.expected(top), encoder.detail(hint, top)
    of = torch.distributions.Normal
    precision = before.spread() ** -2 + hint.spread() ** -2
    both = of((before.mean / before.spread() ** 2 + hint.mean / hint.spread() ** 2) / precision, precision**-0.5)
    mean, spread = before.mean + before.spread() * told.mean, before.spread() * told.spread()
    assert torch.allclose(mean, both.mean, atol=1e-5) and torch.allclose(spread, both.stddev, atol=1e-5)
    paid = torch.distributions.kl_divergence(both, of(before.mean, before.spread()))
    assert torch.allclose(told.divergence(), paid, atol=1e-4), "so that both levels have N(0, I) for prior"


def test_without_detail_a_ladder_draws_what_its_top_leads_to():
    model = rungs()
    z = torch.cat([draw(3, 2), torch.zeros(3, 4)], 1)
    body = super(type(model.decoder), model.decoder)
    assert torch.equal(model.decoder.first(z), body.first(model.decoder.expected(z[:, :2]).mean))
    q = model.encoder(torch.rand(3, 1, 8, 8, generator=torch.Generator().manual_seed(1)))
    assert q.mean.shape == q.spread().shape == (3, 6) and ladder.Ladder().blocks(24, 10) == {"coarse": 8, "fine": 16}
    with pytest.raises(ValueError, match="needs 2 dimensions or more"):
        networks.of_width("ladder", 8).build((1, 8, 8), 1)


def test_the_top_of_a_ladder_may_tell_some_nats_for_nothing():
    ones = Gaussian(torch.ones(4, 2), torch.zeros(4, 2))  # half a nat a number
    paid = ladder.Ladder(free=3.0, warm_up=10).price(ones, ones, 4)
    assert paid["top"].item() == pytest.approx(0.5 * 3) and paid["detail"].item() == pytest.approx(0.5 * 1)


# GANs: pictures from noise, an opponent, and places that are fitted.


@pytest.mark.parametrize("name", ["gan", "cgan"])
def test_a_made_picture_that_is_seen_through_teaches_the_decoder_and_where_it_lies_only_the_encoder(name):
    plan, shape = objectives.make(name, {"gan": {"channels": 4}, "cgan": {"hidden": 8}}[name]), (1, 8, 8)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        network = plan.network("conv" if name == "gan" else networks.trainable(plan.latent_kind)[0], 4, 3)
        model, opponents = network.build(shape, plan.size(2, 3)), plan.opponents(2, 3, shape)
    seen = dataclasses.replace(batch(rows=6), pictures=torch.rand(6, *shape, generator=batch().rng))
    terms = plan.losses(model, opponents, seen)
    assert terms.own["fooled"].item() == pytest.approx(math.log(2), rel=0.2)  # who knows nothing says a half
    assert terms.opposing["discriminator"].item() == pytest.approx(2 * math.log(2), rel=0.2)
    felt = {}
    for term, value in (terms.own | terms.opposing).items():
        model.zero_grad()
        value.backward(retain_graph=True)
        felt[term] = {side for side in ("encoder", "decoder") for one in getattr(model, side).parameters()
                      if one.grad is not None and one.grad.any()}  # fmt: skip
    label = {"label": {"encoder"}} if name == "cgan" else {}
    assert felt == {"fooled": {"decoder"}, "places": {"encoder"}, "discriminator": set(), "calm": set()} | label


def test_the_slope_of_an_opponent_costs_at_real_pictures_every_few_steps():
    game = gan.Game(calm=3.0, calm_every=4)
    opponent = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(4, 1), torch.nn.Flatten(0))
    with torch.no_grad():
        opponent[1].weight.copy_(torch.tensor([[1.0, 2.0, 0.0, 2.0]]))  # a slope of 3 everywhere
    pictures = torch.rand(6, 1, 2, 2, generator=batch().rng)
    cost = [
        game.losses(opponent, pictures, dataclasses.replace(batch(step, 6), pictures=pictures)).opposing
        for step in (0, 3)
    ]
    assert cost[0]["calm"].item() == pytest.approx(4 * 3 / 2 * 9) and "calm" not in cost[1]


def test_an_opponent_is_told_how_unlike_the_pictures_of_a_handful_are():
    same, other = torch.ones(8, 3), torch.tensor([[0.0], [2.0]]).repeat(4, 3)
    told = gan.unlikeness(torch.cat([same, other]))[:, 0].tolist()
    assert told == pytest.approx(8 * [0] + 8 * [1], abs=1e-3)
    assert gan.unlikeness(draw(3, 2)).shape == (3, 1)  # of a batch that is no handful


def test_an_opponent_that_knows_classes_asks_about_the_one_that_was_told():
    said, y = draw(4, 3), torch.tensor([2, 0, 1, 1])
    assert torch.equal(cgan.asked_about(y, torch.nn.Identity())(said), said[range(4), y])
    drawn = cgan.Cgan().drawn(2, torch.tensor([2, 0]), 3, batch().rng)
    assert drawn[:, 2:].tolist() == [[0, 0, 1], [1, 0, 0]]


def test_noise_that_no_picture_shows_is_given_the_spread_of_the_prior():
    noise = draw(20_000, 1)
    costs = [
        gan.missed(Gaussian(noise * 0, torch.full_like(noise, 2 * math.log(s))), noise).item() for s in (0.8, 1, 1.25)
    ]
    assert costs[1] == min(costs) and costs[1] == pytest.approx(0.5, abs=0.02)
    assert gan.missed(Gaussian(noise, torch.full_like(noise, -4.0)), noise).item() == pytest.approx(-2)


def test_a_step_of_a_melody_is_one_choice_between_its_notes_and_a_rest():
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        decoder = networks.of_width("bars", 6).build((1, 5, 7), 3).decoder  # the second bar is not whole
    roll = torch.zeros(2, 5, 7)
    roll[0, 3], roll[1, 2, :4] = 1, 1  # one note held to the end, and one for four steps before a rest
    fair = musicvae.notes(torch.zeros(2, 35), roll)["reconstruction"]
    assert fair.item() == pytest.approx(7 * math.log(5 + 1))
    logits = decoder(draw(2, 3))
    chance = decoder.pixels(logits).reshape(2, 5, 7)
    assert (chance.sum(1) < 1).all() and (chance > 0).all()
    said = torch.cat([chance, 1 - chance.sum(1, keepdim=True)], 1)[0, 3].log().sum() + chance[1, 2, :4].log().sum()
    said += (1 - chance[1, :, 4:].sum(0)).log().sum()
    assert musicvae.notes(logits, roll)["reconstruction"].item() == pytest.approx(-said.item() / 2, rel=1e-5)
    assert torch.isfinite(musicvae.notes(logits, torch.ones(2, 5, 7))["reconstruction"])  # chords share a step


def test_the_first_bits_of_a_melody_cost_nothing():
    q = Gaussian(torch.ones(4, 16), torch.zeros(4, 16))  # half a nat in each of 16 numbers

    def cost(**given):
        return musicvae.Musicvae(**given).regulariser(q, q.mean, batch(), torch.nn.ModuleDict())["kl"].item()

    assert cost(free_bits=12.0) == 0
    assert cost(free_bits=8.0, kl=0.5) == pytest.approx(0.5 * (8 - 8 * math.log(2)), rel=1e-5)


def test_networks_of_notes_and_of_pixels_are_not_mixed_up():
    assert networks.trainable("gaussian", "categorical") == ["bars"] and "bars" not in networks.trainable("gaussian")
    with pytest.raises(ValueError, match="grey"):
        networks.of_width("bars", 6).build((3, 8, 8), 3)


def hidden(pictures, half):
    return torch.from_numpy(covered(pictures.numpy(), half))


def of_two(together, latent=4, shape=(1, 8, 9)):
    """An untrained network for two halves, of 4 and 5 columns, and pictures of which the last has a black left half."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model = halves.Halves(5, together).build(shape, latent)
    pictures = torch.rand(6, *shape, generator=torch.Generator().manual_seed(1))
    pictures[5:] = hidden(pictures[5:], 0)
    return model, pictures


def test_experts_multiply_and_mix_as_gaussians_do():
    q = [Gaussian(torch.tensor([[mean]]), torch.tensor([[var]]).log()) for mean, var in ((3.0, 1.0), (-1.0, 0.5))]
    both = halves.product(q)  # precisions 1, 1 and 2; N(0, 1) is an expert, too
    assert both.mean.item() == pytest.approx((3 - 2) / 4) and both.spread().item() == pytest.approx(0.5)
    alone = halves.product(q, torch.tensor([[1.0, 0.0]]))
    assert alone.mean.item() == pytest.approx(1.5) and alone.spread().item() == pytest.approx(math.sqrt(0.5))
    mixed = halves.mixed(q, torch.ones(1, 2))  # variance of the means 4, and the mean of 1 and .5
    assert mixed.mean.item() == 1 and mixed.spread().item() == pytest.approx(math.sqrt(4.75))
    for found in (halves.product(q, torch.zeros(1, 2)), halves.mixed(q, torch.zeros(1, 2))):
        assert found.mean.item() == 0 and found.spread().item() == 1  # where nothing is shown, N(0, I)


@pytest.mark.parametrize("together", halves.TOGETHER)
def test_a_black_half_is_a_hidden_one_and_says_nothing(together):
    model, pictures = of_two(together)
    assert halves.shown(pictures).tolist() == [[1, 1]] * 5 + [[0, 1]]
    seen = (model.encoder.seen if together == "set" else model.encoder.alone)(pictures)
    for half in (0, 1):
        other = [one + 9 * (number == half) for number, one in enumerate(seen)] if together == "set" else [
            Gaussian(q.mean + 9 * (number == half), q.log_variance) for number, q in enumerate(seen)
        ]  # fmt: skip
        mask = torch.eye(2)[1 - half].expand(6, 2)
        q = model.encoder(hidden(pictures[:5], half))
        assert torch.allclose(q.mean, model.encoder.joined(other, mask).mean[:5], atol=1e-6)
    if together == "apart":  # what is not shown has the code of what is
        assert torch.equal(*model.encoder(pictures).mean[5].chunk(2))
        assert not torch.equal(*model.encoder(pictures).mean[4].chunk(2))


@pytest.mark.parametrize("together", ["product", "apart"])
def test_each_half_is_drawn_by_a_decoder_of_its_own_and_of_its_own_code_where_it_has_one(together):
    model, _ = of_two(together)
    z = draw(3, 4)
    moved = z.clone()
    moved[:, :2] += 1
    (left, right), (other, same) = (halves.split(model.decoder(one).reshape(3, 1, 8, 9)) for one in (z, moved))
    assert left.shape[3] == 4 and not torch.allclose(left, other)
    assert torch.equal(right, same) == (together == "apart")
    parts = halves.costs(model.decoder(z), torch.rand(3, 1, 8, 9))
    assert parts.shape == (3, 2) and (parts > 0).all()


def test_halves_in_another_order_have_the_identical_code():
    model, pictures = of_two("set")
    one, other = model.encoder.seen(pictures)
    mask = halves.shown(pictures)
    there, back = model.encoder.joined([one, other], mask), model.encoder.joined([other, one], mask.flip(1))
    assert torch.equal(there.mean, back.mean) and torch.equal(there.log_variance, back.log_variance)


def test_every_choice_of_halves_comes_as_often_as_a_chance_that_is_drawn_first_makes_it():
    found = chosen(60_000, torch.Generator().manual_seed(0))
    share = torch.bincount((2 * found[:, 0] + found[:, 1]).long(), minlength=4) / 60_000
    assert torch.allclose(share, torch.tensor([2, 1, 1, 2]) / 6, atol=0.01)  # the mean of p^2 is a third


def test_codes_of_two_halves_that_agree_are_free_and_others_cost_what_parts_them():
    alone = [standard(), Gaussian(torch.ones(4, 3), torch.zeros(4, 3))]
    assert mmvm.Mmvm().pulls([standard(), standard()], 0)["apart"] == 0
    assert mmvm.Mmvm(kl=2.0).pulls(alone, 0)["apart"].item() == pytest.approx(2 / 2 * 2 * 1.5)  # half a nat a dimension
    pulled = mmvm.Mmvm(round=0.25).pulls(alone, 0)
    assert pulled["apart"].item() == pytest.approx(0.75 * 1.5) and pulled["kl"].item() == pytest.approx(0.25 * 1.5)


def test_a_mixture_of_experts_costs_as_much_as_it_differs_from_the_round_cloud():
    q, z = standard(), draw(4, 3)
    assert moe.Moe().price([q, q], [z, z], 0)["kl"].item() == pytest.approx(0, abs=1e-6)
    far = [Gaussian(torch.full((2000, 1), mean), torch.full((2000, 1), -4.0)) for mean in (-3.0, 3.0)]
    z = [q.sample(draw(2000, 1, seed)) for seed, q in enumerate(far)]
    own = far[0].divergence().mean().item()  # two peaks far apart: a choice of two, log 2, is saved
    assert moe.Moe().price(far, z, 0)["kl"].item() == pytest.approx(own - math.log(2), abs=0.05)


# A foreground and a background.


def layered(pictures=6):
    """An untrained model of 2 numbers of style, 8 of the background and 3 classes, and latents for it."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model = attribute2image.Attribute2image().network("layers", 6, 3).build((1, 8, 8), 2 + 8 + 3)
    return model, torch.cat([draw(pictures, 10), torch.eye(3).repeat(pictures // 3, 1)], 1)


def test_a_background_and_a_class_that_are_swapped_leave_the_other_layer_alone():
    model, z = layered()
    decoder = model.decoder
    front, gate, behind = decoder.layers(decoder(z))
    assert torch.allclose(decoder.pixels(decoder(z)), (front + gate * behind).clamp(0, 1))
    other = z.clone()
    other[:, 2:10] = draw(6, 8, 1)
    moved = decoder.layers(decoder(other))
    assert torch.equal(moved[0], front) and torch.equal(moved[1], gate) and (moved[2] - behind).abs().max() > 0.01
    other = z.clone()
    other[:, 10:] = z[:, 10:].roll(1, 1)
    moved = decoder.layers(decoder(other))
    assert torch.equal(moved[2], behind) and (moved[0] - front).abs().max() > 0.001
    assert attribute2image.Attribute2image().blocks(2, 3) == {"style": 2, "background": 8, "class": 3}
    with pytest.raises(ValueError, match="no room"):
        networks.of_width("layers", 6).build((1, 8, 8), 18)


def test_a_foreground_is_learned_from_what_is_known_to_be_one_and_else_from_what_is_bright():
    model, _ = layered()
    x = torch.rand(6, 1, 8, 8, generator=torch.Generator().manual_seed(1))
    terms = {}
    for name, mask in (("known", x * 0), ("bright", None), ("told", x)):
        seen = dataclasses.replace(batch(rows=6), pictures=x, mask=mask)
        terms[name] = attribute2image.Attribute2image().losses(model, torch.nn.ModuleDict(), seen).own
    assert torch.equal(terms["bright"]["foreground"], terms["told"]["foreground"])
    assert terms["known"]["foreground"] != terms["told"]["foreground"]
    assert torch.equal(terms["known"]["reconstruction"], terms["told"]["reconstruction"])
    drawn = attribute2image.Attribute2image().drawn(2, torch.tensor([2, 0]), 3, torch.Generator().manual_seed(0))
    assert drawn.shape == (2, 13) and drawn[:, 10:].tolist() == [[0, 0, 1], [1, 0, 0]]
