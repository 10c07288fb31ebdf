import type {
  prepareSuite as Prepare,
  prepareDatasets as PrepareDatasets,
} from '../../../runner/craft/prepare-suite.ts';
import type { chosenJail as Chosen } from '../../../runner/jail/index.ts';
import type { offeredLabels as Offered } from '../../../runner/worker/offered-labels.ts';

/** Stand in the place of what a runner that trains nothing must not ask of the machine. */
export const offeredLabels: typeof Offered = async () => ['engine:tensorflow', 'engine:wasm', 'jail'];
export const chosenJail: typeof Chosen = async () => ({ kind: 'bubblewrap', problem: null });
export const prepareSuite: typeof Prepare = async () => {};
export const prepareDatasets: typeof PrepareDatasets = async () => {};
