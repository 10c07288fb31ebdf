import { z } from 'zod';
import { Sha256 } from './ids.ts';
import { Harness } from './result.ts';
import { Runtime } from './runtime.ts';

/** `dist/harness.json`: what was built. A result names the digest of the runtime that its module ran in. */
export const HarnessFile = Harness.extend({ runtimes: z.record(Runtime, Sha256) });
export type HarnessFile = z.infer<typeof HarnessFile>;

/** The harness that computes modules of this runtime. */
export const harnessFor = ({ version, runtimes }: HarnessFile, runtime: Runtime): Harness => ({
  version,
  digest: runtimes[runtime],
});
