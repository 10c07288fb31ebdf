import { chores } from '../../lib/catalog/chores.ts';
import { suites } from '../../lib/catalog/suites/index.ts';
import { callChore, choresSecretFile, localOrigin } from '../client/local-site.ts';
import { hasSnapshots } from '../client/snapshots.ts';
import { firstBaselines } from '../defenses/index.ts';
import { installMissing } from '../doctor/install.ts';
import { env } from '../host/env.ts';
import { chosenJail } from '../jail/index.ts';
import { chosenBackend } from '../train/chosen-backend.ts';
import { buildInBackground } from './background-suites.ts';
import { end } from './end.ts';
import { requireFreePort } from './free-port.ts';
import { holdData } from './hold-data.ts';
import { importSnapshots } from './import-snapshots.ts';
import { keepRunning } from './keep-running.ts';
import { prepare } from './prepare.ts';
import { startRunner } from './runner-process.ts';
import { secretIn } from './secrets.ts';
import { startSite } from './site-process.ts';
import { step } from './steps.ts';

/**
 * `npm start`: prerequisites, engine, data, suites, pages, site, runner, reference defenses, in this order; then keeps
 * site and runner running until the signal is aborted, which ends both. It knows them as processes only.
 */
export async function start(signal: AbortSignal): Promise<number> {
  await holdData();
  await requireFreePort();
  await step('Machine', machine, (line) => line);
  await step('Engine', chosenBackend, (backend) =>
    backend === 'tensorflow'
      ? 'tensorflow, the native one'
      : "wasm; the native engine is about three times faster: 'npm run engine:native' installs it (270 MB)",
  );
  const others = await prepare(signal);
  await secretIn(choresSecretFile());
  const site = await step(
    'Site',
    (saysWhere) => keepRunning({ title: 'The site', start: () => startSite(saysWhere, signal), say: sayLine, signal }),
    () => `answers on ${localOrigin()}`,
  );
  try {
    const runner = await step(
      'Runner',
      () => keepRunning({ title: 'The runner', start: startRunner, say: sayLine, signal }),
      (kept) => `process ${kept.current().pid}`,
    );
    try {
      await step(
        'Defenses',
        () => callChore(chores.seed, { suite: suites[0]!.id, baselines: firstBaselines }),
        () => `${firstBaselines.length} reference defenses on the board`,
      );
      if (hasSnapshots())
        await step('Snapshot', importSnapshots, (rows) => `${rows} ${rows === 1 ? 'row' : 'rows'} computed elsewhere`);
      const { link } = await callChore(chores.signInLink, {}).catch(() => ({ link: null }));
      process.stdout.write(`Board    ${localOrigin()}\n`);
      process.stdout.write(
        link
          ? `Sign in  ${link}      (once, within 15 minutes; \`npx antidote sign-in-link\` prints another)\n`
          : `Sign in  ${localOrigin()}/sign-in\n`,
      );
      void buildInBackground(others, sayLine, signal);
      await aborted(signal);
      return Number(process.exitCode ?? 0);
    } finally {
      await end(runner.current(), 1000); // gives its jobs back while the site still answers
    }
  } finally {
    await end(site.current(), 400);
  }
}

const sayLine = (line: string) => void process.stdout.write(`${line}\n`);

/** What holds strangers' modules, or why they will wait. What may be installed is. */
async function machine(say: (what: string) => void): Promise<string> {
  await installMissing(say, [env().ANTIDOTE_JAIL === 'gvisor' ? 'gvisor' : 'bubblewrap']);
  const { kind, problem } = await chosenJail();
  return kind === null
    ? `no jail: ${problem} Baselines are evaluated, marked so; strangers' modules wait`
    : `${kind} holds strangers' modules`;
}

const aborted = (signal: AbortSignal) =>
  new Promise<void>((done) => (signal.aborted ? done() : signal.addEventListener('abort', () => done())));
