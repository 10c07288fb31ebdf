import { z } from 'zod';
import { Sha256 } from './ids.ts';

/** A plain relative path with forward slashes, which stays inside the suite's folder. */
const InnerPath = z.string().regex(/^(?!\/)(?!.*(^|\/)\.\.?(\/|$))[A-Za-z0-9._/-]{1,300}$/);

/** A file of a built suite. */
export const ListedFile = z.strictObject({ path: InnerPath, bytes: z.int().nonnegative(), sha256: Sha256 });
export type ListedFile = z.infer<typeof ListedFile>;

/** A built suite's `manifest.json`: every other file of it. Its own sha256 is the suite's digest. */
export const Manifest = z.strictObject({
  format: z.literal('antidote-suite-1'),
  suite: z.string(),
  files: z.array(ListedFile),
});
export type Manifest = z.infer<typeof Manifest>;
