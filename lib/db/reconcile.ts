import 'server-only';
import type { Look } from './inconsistencies/inconsistency.ts';
import { findInconsistent, inconsistencies } from './inconsistencies/index.ts';
import { isOutage } from './outage.ts';

/** What a process still does of itself after what it has just written. */
export const settleSeconds = 60;

type State = {
  /** The look for everything, once it was begun. */
  whole: Promise<number> | null;
  /** A row is mended once in each process: what that does not help is named, and holds up nobody. */
  tried: Set<string>;
};
/** Shared by all bundles of one process. */
const shared = globalThis as { antidoteReconciled?: State };
const stateOfProcess = (): State => {
  shared.antidoteReconciled ??= { whole: null, tried: new Set() };
  return shared.antidoteReconciled;
};

const atLease = inconsistencies.filter((one) => one.atLease);

/**
 * Mends what an older version or a crash left half done, and returns how much that was. Each mending is an event and a
 * line of the log. The first call in a process looks for everything, and later calls at what the last minutes left.
 */
export async function reconcile(): Promise<number> {
  const state = stateOfProcess();
  if (state.whole) {
    await state.whole;
    return mendAll(atLease, { settleSeconds, recent: true }, state.tried);
  }
  state.whole = mendWhole(state.tried).catch((error: Error) => {
    if (isOutage(error)) {
      state.whole = null; // the next one tries again
      throw error;
    }
    console.error(JSON.stringify({ reconcile: error.message })); // it holds up nobody
    return 0;
  });
  return state.whole;
}

/** What is mended may bring to light what builds on it. */
async function mendWhole(tried: Set<string>): Promise<number> {
  for (let sum = 0; ; ) {
    const mended = await mendAll(inconsistencies, { settleSeconds: 0, recent: false }, tried);
    if (mended === 0) return sum;
    sum += mended;
  }
}

async function mendAll(sought: typeof inconsistencies, look: Look, tried: Set<string>): Promise<number> {
  let mended = 0;
  for (const { inconsistency, id } of await findInconsistent(sought, look)) {
    const key = `${inconsistency.id} ${id}`;
    if (tried.has(key)) continue;
    if (await mend(inconsistency, id)) mended++;
    tried.add(key);
  }
  return mended;
}

async function mend(
  { id: inconsistency, of, mend: by }: (typeof inconsistencies)[number],
  id: string,
): Promise<boolean> {
  try {
    const mended = await by(id);
    console.error(JSON.stringify({ [mended ? 'repaired' : 'notRepaired']: inconsistency, [of]: id }));
    return mended;
  } catch (error) {
    if (isOutage(error)) throw error;
    console.error(JSON.stringify({ notRepaired: inconsistency, [of]: id, error: (error as Error).message }));
    return false;
  }
}
