import type { DataFile } from './dataset.ts';

/** Says one line to whoever waits. */
export type Report = (line: string) => void;

/**
 * A place that may have the files: a folder, a web address, an archive, a package. `find` gives the checked file, or
 * null where the mirror does not have it. It throws, and says what it met, where the mirror fails or its file is wrong.
 */
export type Mirror = { find(file: DataFile): Promise<Uint8Array | null>; close?(): Promise<void> };
