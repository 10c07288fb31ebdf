import { z } from 'zod';
import { Harness } from './result.ts';

/**
 * The last time that everything hostile was run against the jail and none of it came through: by the hidden command
 * `antidote jail-record`, which writes it to jail-record.json.
 */
export const JailRecord = z.strictObject({
  ended: z.iso.datetime(),
  harness: Harness,
  /** 'linux-x64' */
  platform: z.string(),
  /** 'Node.js v20.20.2' */
  node: z.string(),
  /** 'bubblewrap 0.8.0' */
  jail: z.string(),
  tests: z.int().positive(),
  /** What was run, by name: those of `hostile.ts`. */
  modules: z.array(z.string()),
  programs: z.array(z.string()),
  /** Modules in Python; none of a record of before they were. */
  python: z.array(z.string()).default([]),
});
export type JailRecord = z.infer<typeof JailRecord>;
