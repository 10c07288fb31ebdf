import type { Poison } from '../../lib/contract/attack.ts';
import type { Trial } from '../../lib/contract/suite.ts';

export const poisonTablePath = (scenario: string) => `${scenario}/poison.csv`;

/**
 * The poison of each scenario as a table: which training rows, called what. Without images: what any program reads with
 * one line.
 */
export class PoisonTables {
  private readonly tables = new Map<string, string[]>();

  add({ scenario, budget, seed }: Trial, { index, labels }: Pick<Poison, 'index' | 'labels'>): void {
    const lines = this.tables.get(scenario) ?? ['budget,seed,index,label\n'];
    this.tables.set(scenario, lines);
    for (const [i, row] of index.entries()) lines.push(`${budget},${seed},${row},${labels[i]}\n`);
  }

  /** One file a scenario, in the order of the trials. */
  files(): { path: string; content: string }[] {
    return [...this.tables].map(([scenario, lines]) => ({ path: poisonTablePath(scenario), content: lines.join('') }));
  }
}
