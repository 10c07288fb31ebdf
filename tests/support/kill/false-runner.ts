import { work } from '../../../runner/commands/work.ts';

/** A runner as it is, but for its trials: see bundle.ts. */
process.exitCode = await work({ jobs: 2 });
