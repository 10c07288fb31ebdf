import { expect, it } from 'vitest';
import { findSeasonSuite, seasonOfSuite, seasonSuiteId } from '../../../lib/catalog/seasons.ts';
import { specOf, trialsOf } from '../../../lib/contract/suite.ts';
import { resultOutside, trialHere, trialOutside } from '../../../runner/craft/season/hidden-names.ts';
import { seasonSuite } from '../../../runner/craft/season/season-suite.ts';
import { scoredTrial } from '../../support/scored-trial.ts';

const draw = { plan: 'smoke', dataset: 'emnist-letters', seed: 'ab'.repeat(32) };
const here = seasonSuite('2026-12', draw, '2026-12-01');
const shown = findSeasonSuite('season-smoke-2026-12')!;

it('the site knows every trial of a season by its plan, in the runner’s order, and not its data set or seed', () => {
  expect(shown.id).toBe(here.id);
  expect(trialsOf(shown).map((trial) => trialHere(trial, draw))).toEqual(trialsOf(here));
  expect(trialsOf(here).map((trial) => trialOutside(trial, draw))).toEqual(trialsOf(shown));
  for (const secret of [draw.dataset, draw.seed]) expect(JSON.stringify(shown)).not.toContain(secret);
});

it('a result that leaves the runner does not name the data set', () => {
  for (const trial of trialsOf(here)) {
    const result = scoredTrial(here, trial, 'filter', {}, { seconds: 1, undefendedSeconds: 1, peakBytes: 1 });
    const told = resultOutside(result, draw);
    expect(JSON.stringify(told)).not.toContain(draw.dataset);
    expect(told).toMatchObject({ dataset: specOf(shown, told).dataset, model: result.model, recalls: result.recalls });
  }
});

it('a season’s suite is named by its plan and its name, and no other id is one', () => {
  expect(seasonOfSuite(seasonSuiteId('core', '2026-12-b'))).toBe('2026-12-b');
  for (const id of ['core-1', 'season-2026-12', 'season-core-2026-1', 'season-core-2026-12-bc', 'season-none-2026-12'])
    expect(findSeasonSuite(id)).toBeUndefined();
});

it('a season’s suite is one object however often it is asked for, so that what is computed of it is computed once', () => {
  expect(findSeasonSuite(shown.id)).toBe(shown);
});
