import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../eventually.ts';
import type { House } from './house.ts';

/** What was done to a house, by its name. */
export type Done = Record<string, number>;

type Fault = { name: string; cards: number; strike(house: House, random: () => number): Promise<boolean> };

/** A fault lasts for up to so long. */
const longestMs = 8000;

/** `strike` says whether it was possible. */
const faults: readonly Fault[] = [
  {
    name: 'runner killed',
    cards: 3,
    async strike({ runners }, random) {
      await runners[Math.floor(random() * runners.length)]!.kill();
      return true;
    },
  },
  {
    name: 'site killed',
    cards: 2,
    async strike({ site }) {
      await site.kill();
      return true;
    },
  },
  {
    name: 'database killed',
    cards: 2,
    async strike({ database, site }) {
      await (database ?? site).kill();
      return true;
    },
  },
  {
    name: 'full disk',
    cards: 1,
    async strike({ disk }, random) {
      disk.fill();
      try {
        await sleep(longestMs * random());
      } finally {
        disk.empty();
      }
      return true;
    },
  },
  {
    name: 'read-only disk',
    cards: 1,
    // A disk that somebody writes to stays writable: it becomes read-only between two lives.
    async strike({ disk, site, database }, random) {
      let done = false;
      const onlyRead = async () => {
        done = disk.protect();
      };
      await (database ? site.whileDown(() => database.whileDown(onlyRead)) : site.whileDown(onlyRead));
      await sleep(longestMs * random());
      if (done) disk.unprotect();
      return done;
    },
  },
];

/** In an order that chance decides: Fisher and Yates. */
function shuffled<Card>(cards: readonly Card[], random: () => number): Card[] {
  const deck = [...cards];
  for (let left = deck.length; left > 1; left--) {
    const drawn = Math.floor(random() * left);
    [deck[left - 1], deck[drawn]] = [deck[drawn]!, deck[left - 1]!];
  }
  return deck;
}

/**
 * Does one thing after the other to the house until it is told to stop. The seed decides what is done, and when. Two
 * times of three the house may come to itself first. Then it may work for up to as long as that took: on a slow machine
 * too it has the time to get on.
 */
export async function harass(house: House, random: () => number, stop: AbortSignal): Promise<Done> {
  const done: Done = {};
  const all = faults.flatMap((fault) => Array.from({ length: fault.cards }, () => fault));
  for (let deck: Fault[] = []; !stop.aborted; ) {
    if (deck.length === 0) deck = shuffled(all, random);
    const fault = deck.pop()!;
    if (await fault.strike(house, random)) done[fault.name] = (done[fault.name] ?? 0) + 1;
    const begin = performance.now();
    if (random() < 0.67) await eventually(async () => stop.aborted || (await house.isWell()));
    const restMs = Math.max(5000, performance.now() - begin) * random();
    await sleep(restMs, undefined, { signal: stop }).catch(() => undefined);
  }
  return done;
}
