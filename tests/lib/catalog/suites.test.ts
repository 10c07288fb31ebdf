import { describe, expect, it } from 'vitest';
import { firstBaselines } from '../../../lib/catalog/baselines/index.ts';
import { planNamed, plans } from '../../../lib/catalog/plans/index.ts';
import { drafts, findSuite, mainSuite, successorOf, suiteNamed, suites } from '../../../lib/catalog/suites/index.ts';
import { references } from '../../../lib/catalog/suites/references.ts';
import { type Suite, SuiteSchema } from '../../../lib/contract/suite.ts';
import { committedRows } from '../../../runner/client/snapshots.ts';

describe('the suites', () => {
  it('have ids of their own, drafts too, and come after a suite that is published before them', () => {
    const all = [...suites, ...drafts];
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const [at, { after }] of all.entries())
      if (after) expect(all.slice(0, at).map(({ id }) => id)).toContain(after);
  });

  it('are published with a reference on TensorFlow, so that no page lacks its numbers', () => {
    for (const { id, digest } of suites) {
      const own = references.filter(({ suite }) => suite.id === id && suite.digest === digest);
      expect(own.map(({ engine }) => engine.backend)).toContain('tensorflow');
    }
  });

  it('are unknown to the site while they are drafts', () => {
    for (const { id } of drafts) expect([findSuite(id), suiteNamed(id).id]).toEqual([undefined, id]);
  });

  it('have the newest that is ranked and whose first reference rows are committed as the main suite, and name what supersedes one only if it is published', () => {
    const hasFirstRows = (suite: Suite) => {
      const rows = committedRows(suite.id).map(({ baseline }) => baseline);
      return firstBaselines.every((id) => rows.includes(id));
    };
    expect(mainSuite).toBe(suites.filter((suite) => suite.ranked && hasFirstRows(suite)).at(-1));
    for (const suite of suites) {
      const successor = successorOf(suite);
      if (successor) expect(suites.map(({ id }) => id)).toContain(successor.by);
    }
  });
});

describe.each([...suites, ...drafts].filter(({ draw }) => draw))('the draw $id', (suite) => {
  it('is a suite like any other, with the scenarios of its plan', () => {
    expect(SuiteSchema.parse(suite)).toEqual(suite);
    const { scenarios, seeds } = planNamed(suite.draw!.plan);
    expect(suite.scenarios.length).toBe(scenarios.flatMap(({ models }) => models).length);
    expect(suite.seeds).toEqual(seeds);
  });
});

describe.each(Object.entries(plans))('plan %s', (_, { scenarios }) => {
  it('gives every scenario an id of its own', () => {
    const ids = scenarios.flatMap(({ attack, models, suffix }) =>
      models.map((model) => `${attack} ${model} ${suffix}`),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has an adaptive family of six cells at most, and no rate that a class of six hundredths can not bear', () => {
    const adaptive = scenarios.filter(({ family }) => family === 'adaptive');
    expect(adaptive.flatMap(({ models, budgets }) => models.flatMap(() => budgets)).length).toBeLessThanOrEqual(6);
    for (const { params, budgets } of scenarios)
      if (params?.target) expect(Math.max(...budgets)).toBeLessThanOrEqual(0.05);
  });
});
