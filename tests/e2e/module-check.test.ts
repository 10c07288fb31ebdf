import { afterAll, beforeAll, expect, it } from 'vitest';
import { PageSite } from '../support/page-site.ts';

let site: PageSite;
beforeAll(async () => {
  site = await PageSite.start();
}, 600_000);
afterAll(() => site?.stop());

/** What takes the check longest: many names below many blocks. */
const hostile = `${'{'.repeat(240)}${'a;'.repeat(126_000)}${'}'.repeat(240)}`;

it('the built site answers others while it reads a module that takes long', async () => {
  const token = await site.token();
  const health = async () => (await fetch(`${site.origin}/api/v1/health`)).status;
  await health();
  let over = false;
  const refused = fetch(`${site.origin}/api/v1/submissions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Hostile', suite: 'smoke-1', code: hostile, card: {} }),
  }).finally(() => {
    over = true;
  });
  const answers: number[] = [];
  while (!over) answers.push(await health());
  expect(await (await refused).json()).toMatchObject({ code: 'module-refused' });
  expect(answers.filter((status) => status === 200).length).toBeGreaterThan(10);
});
