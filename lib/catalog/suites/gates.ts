import { Gates } from '../../contract/gates.ts';
import type { Suite } from '../../contract/suite.ts';
import core1 from './core-1.gates.json' with { type: 'json' };
import core2 from './core-2.gates.json' with { type: 'json' };
import smoke1 from './smoke-1.gates.json' with { type: 'json' };
import smoke2 from './smoke-2.gates.json' with { type: 'json' };

/** What every published suite was tested for; made by `antidote suite gates`. */
const gates: readonly Gates[] = [smoke1, core1, smoke2, core2].map((json) => Gates.parse(json));

/** Those of this very suite, or null where nobody has tested it. */
export const findGates = ({ id, digest }: Suite): Gates | null =>
  gates.find(({ suite }) => suite.id === id && suite.digest === digest) ?? null;
