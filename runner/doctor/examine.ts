import { release } from 'node:os';
import { env } from '../host/env.ts';
import { findJail, jailProblem } from '../jail/index.ts';
import { availableBackends, nativeProblem } from '../train/tf.ts';
import { mendOf, partNamed, parts } from './parts.ts';
import { chromiumPath, postgresPath } from './system.ts';

export type Finding = { id: string; title: string; ok: boolean; detail: string; for: string; fix: string | null };

/**
 * Looks at everything that a part of Antidote needs. Engine and jail are tried; a broken one is told from a missing
 * one.
 */
export async function examine(): Promise<Finding[]> {
  const [backends, native, jail, gvisor] = await Promise.all([
    availableBackends(),
    nativeProblem(),
    findJail(),
    jailProblem('gvisor'),
  ]);
  const asked = env().ANTIDOTE_BACKEND;
  const engine = asked === 'auto' ? backends[0]! : asked;
  const serves = backends.includes(engine);
  return [
    {
      id: 'node',
      title: 'Node.js',
      ok: true,
      detail: `${process.version} on ${process.platform}-${process.arch} ${release()}`,
      for: 'everything',
      fix: null,
    },
    {
      id: 'engine',
      title: 'engine',
      ok: serves,
      detail: serves ? `${engine} (of ${backends.join(', ')})` : `ANTIDOTE_BACKEND=${asked}, and ${native}`,
      for: 'training',
      fix: serves ? null : 'npm run engine:native',
    },
    {
      id: 'jail',
      title: 'jail',
      ok: jail.problem === null,
      detail: jail.problem ?? `${jail.kind} with our filter`,
      for: "evaluating strangers' modules",
      fix: jail.problem && mendOf(partNamed(env().ANTIDOTE_JAIL === 'gvisor' ? 'gvisor' : 'bubblewrap')),
    },
    ...parts
      .filter(({ id }) => id !== 'bubblewrap')
      .map((part) => {
        const problem = part.id === 'native-engine' ? native : part.id === 'gvisor' ? gvisor : part.problem();
        return {
          id: part.id,
          title: part.title,
          ok: problem === null,
          detail: problem ?? foundAt(part.id),
          for: part.for,
          fix: problem ? mendOf(part) : null,
        };
      }),
  ];
}

const foundAt = (id: string) =>
  (id === 'chromium' ? chromiumPath() : id === 'postgresql' ? postgresPath() : null) ?? 'here';
