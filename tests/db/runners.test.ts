import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { newKeyPair } from '../../lib/contract/ed25519.ts';
import {
  createRunnerCode,
  enrolRunner,
  findRunner,
  listRunners,
  runnersHeard,
  takeNonce,
} from '../../lib/db/runners.ts';
import { onEveryDriver } from '../support/drivers.ts';
import { makeRunner, makeUser } from '../support/queue.ts';
import { execute } from '../support/sql.ts';

onEveryDriver(() => {
  const wish = async (code: string, labels: string[] = []) => ({
    code,
    publicKey: (await newKeyPair()).publicKey,
    name: 'r',
    labels,
    about: {},
  });

  describe('an enrolment code', () => {
    it('enrols one runner, however many bring it at once', async () => {
      const code = await createRunnerCode('chore', []);
      const all = await Promise.all(Array.from({ length: 6 }, async () => enrolRunner(await wish(code))));
      expect(all.filter((answer) => typeof answer !== 'string')).toHaveLength(1);
      expect(all.filter((answer) => answer === 'used')).toHaveLength(5);
    });

    it('takes a name as one plain line, and none that people can’t read; the code stays good', async () => {
      const code = await createRunnerCode('chore', []);
      const named = async (name: string) => enrolRunner({ ...(await wish(code)), name });
      for (const name of ['\u202e', '\u2800', `a${'\u0301\u0300'.repeat(9)}`])
        await expect(named(name)).rejects.toMatchObject({ code: 'invalid' });
      const { runner } = (await named('\u001b[2J\u001b]0;title\u0007\u001b[31mred\u202e one')) as { runner: string };
      expect((await findRunner(runner))?.name).toBe('red one');
    });

    it('grants what the organizer confirmed and the runner has, and never the label that is a class', async () => {
      const code = await createRunnerCode('chore', ['engine:wasm', 'jail', 'official']);
      const enrolled = await enrolRunner(await wish(code, ['official', 'engine:wasm', 'engine:tensorflow']));
      expect(enrolled).toMatchObject({ class: 'official', labels: ['engine:wasm'] });
    });

    it('is made for organizers alone, and for whoever runs the site', async () => {
      const ada = { id: randomUUID(), name: 'Ada', role: 'researcher' as const, local: false };
      await expect(createRunnerCode(null, [])).rejects.toMatchObject({ code: 'unauthenticated' });
      await expect(createRunnerCode(ada, [])).rejects.toMatchObject({ code: 'forbidden' });
      const organizer = { ...ada, id: await makeUser(), role: 'organizer' as const };
      expect(await createRunnerCode(organizer, [])).toMatch(/^enrol_/);
    });

    it('is worth nothing after its time, and its text is not kept', async () => {
      const code = await createRunnerCode('chore', []);
      await execute(sql`update runner_codes set expires_at = now() - interval '1 second' where used_at is null`);
      expect(await enrolRunner(await wish(code))).toBe('used');
      expect(await enrolRunner(await wish('made up'))).toBe('unknown');
      expect(JSON.stringify(await execute(sql`select * from runner_codes`))).not.toContain(code);
    });

    it('never enrols a key again: class, labels and state of its runner stay, and the code stays good', async () => {
      const { publicKey } = await newKeyPair();
      const codeFor = (label: string) => createRunnerCode('chore', [label]);
      const enrol = (code: string, key: string) =>
        enrolRunner({ code, publicKey: key, name: 'r', labels: ['engine:wasm', 'jail'], about: {} });
      const first = await enrol(await codeFor('engine:wasm'), publicKey);
      if (typeof first === 'string') throw new Error(first);
      const before = await findRunner(first.runner);
      const code = await codeFor('jail');
      expect(await enrol(code, publicKey)).toBe('known');
      expect(await findRunner(first.runner)).toEqual(before);
      expect(await enrol(code, (await newKeyPair()).publicKey)).toMatchObject({ labels: ['jail'] });
    });

    it('enrols one runner where two bring the same key at once', async () => {
      const { publicKey } = await newKeyPair();
      const codes = await Promise.all(Array.from({ length: 4 }, () => createRunnerCode('chore', [])));
      const answers = await Promise.all(
        codes.map((code) => enrolRunner({ code, publicKey, name: 'r', labels: [], about: {} })),
      );
      expect(answers.filter((answer) => answer === 'known')).toHaveLength(3);
      expect(answers.filter((answer) => typeof answer !== 'string')).toHaveLength(1);
    });
  });

  describe('a nonce', () => {
    it('is taken once, also by two at once; another runner’s is another', async () => {
      const [one, two] = [await makeRunner(), await makeRunner()];
      const nonce = randomUUID();
      const taken = await Promise.all([1, 2, 3].map(() => takeNonce(one.id, nonce, 600)));
      expect(taken.filter(Boolean)).toHaveLength(1);
      expect(await takeNonce(two.id, nonce, 600)).toBe(true);
    });

    it('is kept for as long as its signature is valid, and then swept away', async () => {
      const runner = await makeRunner();
      await takeNonce(runner.id, 'old', 600);
      await execute(sql`update nonces set expires_at = now() - interval '1 second' where nonce = 'old'`);
      await takeNonce(runner.id, 'new', 600);
      const left = await execute(sql`select nonce from nonces where runner_id = ${runner.id}::uuid`);
      expect(left).toEqual([{ nonce: 'new' }]);
    });
  });

  it('shows who was heard from in the last minute', async () => {
    const before = await runnersHeard();
    const runner = await makeRunner();
    expect(await runnersHeard()).toBe(before);
    await takeNonce(runner.id, randomUUID(), 600);
    expect(await runnersHeard()).toBe(before + 1);
    expect((await listRunners()).find(({ id }) => id === runner.id)).toMatchObject({
      heard: true,
      leased: 0,
      finished: 0,
    });
    await execute(sql`update runners set last_seen_at = now() - interval '2 minutes' where id = ${runner.id}::uuid`);
    expect((await listRunners()).find(({ id }) => id === runner.id)).toMatchObject({ heard: false });
  });
});
