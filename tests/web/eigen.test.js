// What the Eigen-images page says about errors.

import assert from "node:assert/strict";
import { test } from "node:test";

import { meaning, overall, short, verdict } from "../../web/eigen/words.js";

const measured = (error, vaes, latent = 2, called = "VAE") => ({
  spectrum: { share: [], error, n: 10000 },
  vae: { slug: "mnist/small", title: "Small", called, latent, linear: false },
  vae_error: { value: vaes, n: 10000 },
});

test("an error has four decimals", () => {
  assert.equal(short(0.012345), "0.0123");
  assert.equal(short(0), "0.0000");
});

test("a line tells its error over all test pictures, and nothing where it was not measured", () => {
  assert.equal(overall("a mean", 0.0123, 10000), "a mean; all 10,000: 0.0123");
  assert.equal(overall("a mean", 0, 7), "a mean; all 7: 0.0000", "no error at all is a figure too");
  assert.equal(overall("a mean", null, 10000), "a mean");
  assert.equal(overall("a mean", 0.0123, 0), "a mean");
});

test("what stands in for originals is told with the figures", () => {
  const plain = meaning({ originals: true, note: "" });
  assert.match(plain, /the mean squared difference a pixel, 0 for a perfect copy\.$/);
  const standIns = meaning({ originals: false, note: "a model's reconstructions" });
  assert.ok(standIns.startsWith(`${plain} The pictures shown here are a model's reconstructions, so`));
});

test("the verdict compares at the VAE's size and names the one with the larger error", () => {
  const better = verdict(measured([0.1, 0.06, 0.03], 0.01), 2);
  assert.equal(better, "At equal size (2 numbers each), the mean error over all 10,000 test pictures is 0.0300 for eigen-images and 0.0100 for the VAE. The eigen-images' is 3.0 times as large.");
  assert.match(verdict(measured([0.1, 0.06, 0.01], 0.02), 2), /The VAE's is 2\.0 times as large\.$/);
});

test("a model is called what it is", () => {
  assert.match(verdict(measured([0.1, 0.06, 0.01], 0.02, 16, "GAN"), 2), /16 numbers for the GAN, .* for the GAN\. The GAN's is 2\.0 times as large\.$/);
});

test("where there are fewer components than the VAE has numbers, both sizes are told", () => {
  assert.match(verdict(measured([0.1, 0.06, 0.03], 0.01, 16), 2), /^With all 2 components, and 16 numbers for the VAE, /);
});

test("without the VAE's error there is no verdict", () => {
  assert.equal(verdict(measured([0.1, 0.05], null), 1), "");
});
