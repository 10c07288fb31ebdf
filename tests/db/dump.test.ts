import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET as getSubmission } from '../../app/api/v1/submissions/[submission]/route.ts';
import { GET as getStandings } from '../../app/api/v1/suites/[suite]/standings/route.ts';
import { GET as getCsv } from '../../app/api/v1/suites/[suite]/standings.csv/route.ts';
import { completeJob } from '../../lib/complete-job.ts';
import { Card } from '../../lib/contract/card.ts';
import { audit, lastEvent } from '../../lib/db/audit.ts';
import { type Connection, connectTo, type Place } from '../../lib/db/client.ts';
import { dumpTo } from '../../lib/db/dump.ts';
import { requestEvaluation } from '../../lib/db/evaluations.ts';
import { appendEvent } from '../../lib/db/events.ts';
import { leaseJob } from '../../lib/db/lease.ts';
import { restoreFrom } from '../../lib/db/restore.ts';
import { tables } from '../../lib/db/tables.ts';
import { createToken } from '../../lib/db/tokens.ts';
import { houseIdentity, userOf } from '../../lib/db/users.ts';
import { importSnapshot } from '../../lib/snapshot.ts';
import { committedRows } from '../../runner/client/snapshots.ts';
import { baselineNamed } from '../../runner/defenses/index.ts';
import { onPglite } from '../support/pglite.ts';
import { type Server, startPostgres } from '../support/postgres.ts';
import * as queue from '../support/queue.ts';
import { requires } from '../support/requires.ts';
import { execute } from '../support/sql.ts';

const memory: Place = { driver: 'pglite', folder: null };
const folder = mkdtempSync(join(tmpdir(), 'antidote-dump-'));
const inFolder = (name: string) => join(folder, name);
const first = inFolder('first.gz');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let token: string;
let submission: string;

/** Rows of the reference table, a submission scored here, one that waits, a user's token. */
async function seed(): Promise<void> {
  const house = await userOf(houseIdentity);
  for (const row of committedRows('core-1').slice(0, 3)) {
    const { id, name, kind, code, card } = baselineNamed(row.baseline);
    await importSnapshot(house, row, { id, name, kind, code, card });
  }
  const owner = await queue.makeUser('Zoë\u2028“Ω”');
  const runner = await queue.makeRunner();
  const viewer = { id: owner, name: 'Zoë', role: 'researcher', local: false } as const;
  token = await createToken(viewer, { name: 'laptop', scopes: ['read'], days: 90 });
  submission = await queue.makeSubmission(owner);
  await execute(sql`update submissions set card = ${JSON.stringify(Card.parse({}))}::jsonb where baseline is null`);
  await requestEvaluation({ submissionId: submission, suiteId: queue.suite.id, requestedBy: owner });
  for (const _ of queue.suite.seeds) {
    const leaseToken = queue.newToken();
    const leased = (await leaseJob({ id: runner.id, labels: runner.leaseLabels }, leaseToken))!;
    const sealed = await queue.sealedBy(runner, queue.resultFor(leased));
    await completeJob(runner, queue.fenceOf(runner, leased, leaseToken), sealed);
  }
  const next = await queue.makeSubmission(owner);
  await execute(sql`update submissions set previous_id = ${submission}::uuid where id = ${next}::uuid`);
  await requestEvaluation({ submissionId: next, suiteId: queue.suite.id, requestedBy: owner });
  await execute(sql`update attempts set log = decode('00ff0a5c', 'hex') where runner_id = ${runner.id}::uuid`);
  await audit();
}

/** What a reader can see of the site. */
async function shown() {
  const of = (suite: string) => ({ params: Promise.resolve({ suite }) });
  const texts = ['smoke-1', 'core-1'].flatMap((suite) => [
    getStandings(new Request('http://localhost/'), of(suite)),
    getCsv(new Request('http://localhost/'), of(suite)),
  ]);
  const one = getSubmission(new Request('http://localhost/', { headers: { authorization: `Bearer ${token}` } }), {
    params: Promise.resolve({ submission }),
  });
  const answers = await Promise.all([...texts, one]);
  expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(200));
  return { texts: await Promise.all(answers.map((answer) => answer.text())), head: await lastEvent() };
}

const textOf = (file: string) => gunzipSync(readFileSync(file)).toString();

async function on<Result>(place: Place, work: () => Promise<Result>): Promise<Result> {
  const connection: Connection = await connectTo(place);
  try {
    return await work();
  } finally {
    await connection.close();
  }
}

let before: Awaited<ReturnType<typeof shown>>;
let verdict: Awaited<ReturnType<typeof audit>>;
beforeAll(() =>
  on(memory, async () => {
    await seed();
    before = await shown();
    writeFileSync(`${first}.part`, 'of somebody’s own');
    await dumpTo(first);
    verdict = await audit();
  }),
);

describe('a dump', () => {
  it('restored on a new site shows the same board, to the byte, and holds the same audit', async () => {
    await on(memory, async () => {
      await restoreFrom(first);
      await dumpTo(inFolder('second.gz'));
      expect(textOf(inFolder('second.gz'))).toBe(textOf(first));
      expect(await shown()).toEqual(before);
      expect(await audit()).toEqual(verdict);
      await appendEvent({ kind: 'audit.ended', subject: 'site', data: {} }); // the chain goes on
    });
  });

  describe.runIf(requires('postgresql'))('goes over PostgreSQL and back to PGlite', () => {
    let server: Server;
    beforeAll(async () => {
      server = await startPostgres();
    });
    afterAll(() => server?.stop());

    it('and every row is the same', async () => {
      await on({ driver: 'postgres', url: server.url }, async () => {
        await restoreFrom(first);
        await dumpTo(inFolder('postgres.gz'));
        expect(await shown()).toEqual(before);
        expect(await audit()).toEqual(verdict);
      });
      expect(textOf(inFolder('postgres.gz'))).toBe(textOf(first));
      await on(memory, async () => {
        await restoreFrom(inFolder('postgres.gz'));
        expect(await shown()).toEqual(before);
      });
    });
  });

  it('holds every table, and of a token its hash alone; only its owner can read it', async () => {
    const named = textOf(first).match(/^\{"table":"\w+"/gm);
    expect(named).toHaveLength(tables.length);
    expect(textOf(first)).toContain('"hash"');
    expect(textOf(first)).not.toContain(token);
    expect(statSync(first).mode & 0o777).toBe(0o600);
  });

  it('takes no file’s place, not even on its way, and leaves no half of one', async () => {
    await on(memory, async () => {
      await expect(dumpTo(first)).rejects.toThrow(/is there already; name a new file/);
      await expect(dumpTo('/nowhere/at/all.gz')).rejects.toThrow(
        /^\/nowhere\/at\/all\.gz can’t be written: it is not there, or .* \(ENOENT\); name another/,
      );
    });
    await on(memory, async () => {
      const left = new AbortController();
      const begun = dumpTo(inFolder('all-of-it.gz'), left.signal);
      left.abort(new Error('The caller left.'));
      await expect(begun).rejects.toMatchObject({ code: 'bad-request' });
    });
    expect(readFileSync(`${first}.part`, 'utf8')).toBe('of somebody’s own');
    expect(readdirSync(dirname(first)).filter((name) => /^first|all/.test(name))).toEqual([
      'first.gz',
      'first.gz.part',
    ]);
  });
});

describe('a restore is refused, and nothing of it is stored, where', () => {
  onPglite();
  const file = inFolder('bad.gz');
  const written = (text: string) => writeFileSync(file, gzipSync(text));
  const cut = (bytes: number) => writeFileSync(file, readFileSync(first).subarray(0, bytes));
  it.each<[string, () => void, RegExp]>([
    ['there is no file', () => rmSync(file, { force: true }), /^There is no file .*bad\.gz\.$/],
    ['it is no gzip', () => writeFileSync(file, 'hello'), /can’t be read to its end \(Z_DATA_ERROR\)/],
    ['it is of something else', () => written('{"a":1}\n'), /does not begin as a dump does/],
    [
      'it unpacks to one line without end',
      () => writeFileSync(file, Buffer.concat(Array.from({ length: 5 }, () => gzipSync(Buffer.alloc(2 ** 26, 'x'))))),
      /can’t be read to its end \(EMSGSIZE\)/,
    ],
    ['it is empty', () => written(''), /ends too early/],
    ['it was cut', () => cut(readFileSync(first).length - 1), /can’t be read to its end \(Z_BUF_ERROR\)/],
    ['it was cut in its midst', () => cut(readFileSync(first).length >> 1), /ends too early|to its end/],
    ['its last line is missing', () => written(textOf(first).replace(/\n.*\n$/, '\n')), /ends too early/],
    ['something follows it', () => written(`${textOf(first)}more\n`), /something follows its end/],
    ['a character was changed', () => written(textOf(first).replace('laptop', 'laptoq')), /its sha256 is another/],
    ['a row is none', () => written(textOf(first).replace('"laptop"', '{}}')), /a row of table tokens is not one/],
    ['a row is missing', () => written(textOf(first).replace(/^.*laptop.*\n/m, '')), /damaged/],
    [
      'it is of another migration',
      () => written(textOf(first).replace(/"migration":\d+/, '"migration":3')),
      /^The dump is of a database after 3 migrations, and this one has seen \d+;/,
    ],
  ])('%s', async (_, make, reason) => {
    make();
    await expect(restoreFrom(file)).rejects.toThrow(reason);
    for (const { name } of tables) expect(await execute(sql`select 1 from ${sql.identifier(name)}`)).toEqual([]);
  });

  it('the database has rows', async () => {
    await queue.makeUser();
    await expect(restoreFrom(first)).rejects.toThrow(/^The database is not empty \(users has rows\)/);
  });
});
