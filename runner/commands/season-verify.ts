import type { DatasetCard } from '../../lib/contract/dataset-card.ts';
import { SeasonRecord } from '../../lib/contract/season.ts';
import { callSite } from '../client/public-api.ts';
import { requireClosed } from '../craft/season/drawn-again.ts';
import { keepOwnData } from '../craft/season/own-data.ts';
import { verifySeason } from '../craft/season/verify-season.ts';
import { UsageError } from '../errors.ts';
import { interrupted, saysWhenInterrupted } from '../terminal/interrupt.ts';
import { progressOf } from '../terminal/progress.ts';
import { tell } from '../terminal/tell.ts';
import { nameOf } from './season-open.ts';

/** Draws a closed season anew on this machine and says what is the same. 1 where something is not. */
export async function seasonVerify(words: string, { dataset }: { dataset?: string } = {}): Promise<number> {
  const name = nameOf(words);
  const { value } = await callSite(SeasonRecord, `seasons/${name}`, interrupted);
  if (dataset !== undefined) await keepOwnData(dataset, requireCard(value));
  saysWhenInterrupted('Stopped; nothing is kept but the data.');
  const progress = progressOf(`season ${name}`);
  const findings = await verifySeason(value, { progress: progress.update, say: progress.say, signal: interrupted });
  progress.end();
  for (const { what, ok } of findings) tell(`${ok ? 'same   ' : 'DIFFERS'}  ${what}`);
  return findings.every(({ ok }) => ok) ? 0 : 1;
}

function requireCard(season: SeasonRecord): DatasetCard {
  const { card, committed } = requireClosed(season).disclosure;
  if (card) return card;
  throw new UsageError(
    `Season ${season.name} was drawn on ${committed.draw.dataset}, which this program finds by itself: leave --dataset out.`,
  );
}
