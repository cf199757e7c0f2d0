// The quiz: what its seed decides, what answers come to against published values, and what is written for a spreadsheet.

import assert from "node:assert/strict";
import { test } from "node:test";
import { chanceOf, chanceOfHits, fitLogistic, isSplit, logistic, thresholdOf, widthOf } from "../../web/engine/psychometrics.js";
import { LEVELS, REPEATS, ROUNDS, pointPlan, whoPlan } from "../../web/engine/quiz_plan.js";
import { crossing, often, pointQuestion, pointScore, pointTable, pointWords, whoScore, whoTable, whoWords } from "../../web/engine/quiz_score.js";
import { csv } from "../../web/ui/downloads.js";

const close = (found, wanted, within) => assert.ok(Math.abs(found - wanted) <= within, `${found}, not ${wanted}`);

/** Bliss 1935: beetles killed by carbon disulphide, log dose. */
const BEETLES = [[1.6907, 6, 59], [1.7242, 13, 60], [1.7552, 18, 62], [1.7842, 28, 56], [1.8113, 52, 63], [1.8369, 53, 59], [1.861, 61, 62], [1.8839, 60, 60]].map(
  ([x, yes, n]) => ({ x, yes, n }),
);
const split = LEVELS.map((level) => ({ x: level / 100, yes: level > 45 ? 3 : 0, n: 3 }));

test("the logistic fit of a published experiment has its published coefficients, errors and median", () => {
  const fit = fitLogistic(BEETLES, false);
  close(fit.intercept, -60.717, 0.001);
  close(fit.slope, 34.27, 0.001);
  close(Math.sqrt(fit.covariance[0]), 5.181, 0.001);
  close(Math.sqrt(fit.covariance[2]), 2.912, 0.001);
  const { at, error, low, high } = thresholdOf(fit);
  close(at, 1.7717, 0.0001);
  close(error, 0.0039, 0.0001);
  assert.ok(low < at && at < high);
  close((high - low) / 2, 1.96 * error, 0.0003);
  close(widthOf(fit).width, (2 * Math.log(3)) / 34.27, 1e-5);
});

test("the penalised fit is Firth's, finite where no answer was in doubt, and errors shrink with more answers", () => {
  const beetles = fitLogistic(BEETLES);
  close(beetles.intercept, -60.1138, 0.0005); // the penalised likelihood, climbed by another method
  close(beetles.slope, 33.9301, 0.0005);
  const fit = fitLogistic(split);
  close(fit.intercept, -13.8924, 0.0005);
  close(fit.slope, 30.8718, 0.0005);
  close(thresholdOf(fit).at, 0.45, 1e-4);
  assert.equal(thresholdOf(fit).low, null, "nothing bounds the steepness");
  assert.ok(isSplit(split) && !isSplit(BEETLES));
  const doubled = fitLogistic(split.map(({ x }) => ({ x, yes: 3 * logistic(10 * (x - 0.5)), n: 3 })));
  const more = fitLogistic(split.map(({ x }) => ({ x, yes: 30 * logistic(10 * (x - 0.5)), n: 30 })));
  assert.ok(thresholdOf(more).error < 0.5 * thresholdOf(doubled).error);
});

test("the fit does not depend on where zero is, and no answers have none", () => {
  const moved = fitLogistic(BEETLES.map((one) => ({ ...one, x: 100 * one.x - 170 })));
  close(thresholdOf(moved).at, 100 * thresholdOf(fitLogistic(BEETLES)).at - 170, 1e-6);
  assert.equal(fitLogistic([]), null);
  assert.equal(fitLogistic([{ x: 0.5, yes: 1, n: 3 }]), null);
});

test("who ticks at random hits as the hypergeometric distribution says, over all pictures", () => {
  const one = chanceOfHits([{ options: 8, there: 2, ticked: 2 }]);
  [15 / 28, 12 / 28, 1 / 28].forEach((chance, hits) => close(one[hits], chance, 1e-12));
  const both = chanceOfHits([{ options: 8, there: 2, ticked: 2 }, { options: 8, there: 3, ticked: 1 }]);
  close(both.reduce((sum, chance) => sum + chance, 0), 1, 1e-12);
  close(chanceOf(both, 0).mean, 2 * (2 / 8) + 3 / 8, 1e-12);
  close(chanceOf(both, 3).least, (1 / 28) * (3 / 8), 1e-12);
  assert.equal(chanceOf(both, 0).least, 1);
  assert.deepEqual(chanceOfHits([{ options: 8, there: 2, ticked: 0 }]), [1]);
});

test("a seed decides every picture; others are others; all levels come equally often", () => {
  assert.deepEqual(whoPlan(7, 10), whoPlan(7, 10));
  assert.notDeepEqual(whoPlan(7, 10), whoPlan(8, 10));
  for (const classes of [2, 4, 10, 40]) {
    for (const { options, there } of whoPlan(3, classes)) {
      assert.ok(there.length >= 1 && there.length <= 3 && there.length < classes && there.every((one) => options.includes(one)));
      assert.ok(options.length === Math.min(8, classes) && new Set(options).size === options.length && options.every((one) => one < classes));
    }
  }
  assert.equal(whoPlan(3, 10).length, ROUNDS);
  const plan = pointPlan(5);
  for (const level of LEVELS) assert.equal(plan.filter((one) => one.level === level).length, REPEATS);
  assert.notDeepEqual(plan.map(({ level }) => level), pointPlan(6).map(({ level }) => level));
});

test("ticks are counted for the visitor and the judge, and chance is told", () => {
  const plan = [{ options: [0, 1, 2, 3], there: [0, 1], seed: 1 }, { options: [0, 1, 2, 3], there: [2], seed: 2 }];
  const score = whoScore(plan, [[0, 3], [2]], [[0, 1], [1, 2]]);
  assert.deepEqual([score.all, score.you, score.judge], [3, { found: 2, wrong: 1 }, { found: 3, wrong: 1 }]);
  assert.match(whoWords(score), /^You found 2 of 3, and 1 that was not there\. The judge found 3 of 3, and 1 that was not there\. Ticking as many at random finds 1\.3 on average/);
  assert.match(whoWords(whoScore(plan, [[], []], null)), /^You found 0 of 3, and none that were not there\. There is no judge for these pictures\.$/);
  assert.equal(often(0.004), "once in 250 tries");
  assert.equal(often(1), "always");
});

test("answers become a point with an honest error, or a sentence why there is none", () => {
  const plan = pointPlan(1);
  const answered = (yes) => pointScore(plan, plan.map(({ level }, i) => yes(level, i)), plan.map(({ level }) => logistic((level - 40) / 8)));
  const words = (yes) => pointWords(answered(yes), "3", "8");
  assert.match(words((level) => level > 45), /^For you 3 becomes 8 at 45 % of 8, give or take 3\. You were never in doubt, so your curve may be steeper than it is drawn\. For the judge it happens at 40 %\.$/);
  assert.match(pointWords(answered((level) => level > 45), "Cat", "Dog"), /^For you “Cat” becomes “Dog” at 45 % of “Dog”/);
  assert.match(words((level, i) => level > 50 || (level > 20 && plan[i].seed % 3 === 0)), /with 95 % confidence between \d+ % and \d+ %\)\. From a quarter to three quarters/);
  assert.match(words(() => true), /^You always saw 8/);
  assert.match(words(() => false), /^You always saw 3/);
  assert.match(words((level) => level < 45), /did not answer “8” more often/);
  assert.equal(pointQuestion("3", "8"), "At which point does the 3 become an 8?");
  assert.equal(pointQuestion("Cat", "Dog", "animals"), "At which point does the cat become a dog?");
  assert.equal(pointQuestion("Dog", "Owl", "animals"), "At which point does the dog become an owl?");
  assert.equal(pointQuestion("T-shirt", "Trouser", "classes"), "At which point does “T-shirt” become “Trouser”?");
  assert.equal(crossing([[0, 0.1], [0.5, 0.3], [1, 0.7]]), 0.75);
  assert.equal(crossing([[0, 0.6], [1, 0.9]]), null);
});

test("the table for a class has whole numbers, semicolons, and no formula whatever a class is called", () => {
  const plan = [{ options: [0, 1], there: [0], seed: 1 }];
  const text = csv(whoTable(plan, [[1]], null, ["=HYPERLINK(1)", "a;b"]), ";");
  assert.equal(text, `picture;options;in it;ticked;right;wrong;judge\r\n1;"'=HYPERLINK(1) + a;b";'=HYPERLINK(1);"a;b";0;1;\r\n`);
  const lines = csv(pointTable(pointPlan(1), pointPlan(1).map(() => true), pointPlan(1).map(() => 0.456), "3", "8"), ";").trim().split("\r\n");
  assert.equal(lines.length, 28);
  assert.ok(lines.slice(1).every((line) => /^\d+;\d+;8;46$/.test(line)));
});
