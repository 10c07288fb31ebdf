import { expect, it } from 'vitest';
import { bibtex } from '../../app/submissions/[submission]/bibtex.ts';
import { badge } from '../../lib/api/badge.ts';
import { Card } from '../../lib/contract/card.ts';
import { headline } from '../../lib/headline.ts';

const id = '0123abcd-0000-4000-8000-000000000000';
const suiteDigest = `sha256:${'0'.repeat(64)}` as const;
const about = {
  id,
  name: '50 % {off} \\input{x}',
  author: 'Ada_1',
  anonymousUntil: null,
  card: Card.parse({}),
  createdAt: '2026-11-28T00:00:00Z',
};

it('BibTeX names the suite by its digest, and holds nothing that TeX would run', () => {
  const text = bibtex(about, { suite: 'core-1', suiteDigest }, 'https://a.example');
  expect(text).toContain('@misc{antidote-0123abcd,');
  expect(text).toContain('{50 \\% off inputx}');
  expect(text).toContain('{{Ada\\_1}}');
  expect(text).toContain(suiteDigest);
  expect(text).toContain(`https://a.example/submissions/${id}?suite=core-1`);
});

it('BibTeX of an anonymous entry names nobody', () => {
  const card = Card.parse({ authors: [{ name: 'Ada' }] });
  const text = bibtex(
    { ...about, card, anonymousUntil: '2027-03-01' },
    { suite: 'core-1', suiteDigest },
    'https://a.example',
  );
  expect(text).toContain('author       = {{Anonymous}}');
  expect(text).not.toContain('Ada');
});

it('a badge says the number that the board stands in the order of, and the state where there is none', () => {
  const estimate = { value: 0.4142, low: null, high: null, n: 2 };
  const scores = { worst: { ...estimate, family: 'backdoor' }, mean: { ...estimate, value: 0.5 } };
  const none = { utility: null, gain: null, cost: null, families: {}, scenarios: {}, flags: [] };
  const words = (suite: string) => headline({ suite, state: 'scored', scores: { ...scores, ...none } });
  expect([words('smoke-1'), words('smoke-2')]).toEqual(['worst 0.41', 'mean 0.50']);
  expect(headline({ suite: 'smoke-1', state: 'queued', scores: null })).toBe('queued');
  expect(badge('Antidote smoke-1', 'queued')).toMatch(/^<svg .*aria-label="Antidote smoke-1: queued"/);
});
