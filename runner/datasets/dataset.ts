import type { LabeledSet } from '../../lib/benchmark/defense.ts';
import type { DatasetId } from '../../lib/benchmark/ids.ts';

/** One file of a data set, unpacked: its name in the data set's folder, its length, and the sha256 (64 hex digits) that it must have. */
export type PinnedFile = { readonly name: string; readonly bytes: number; readonly sha256: string };

export type Split = { readonly train: LabeledSet; readonly test: LabeledSet };

/** Where the files of a data set come from; several data sets may share one. */
export type DataSource = {
  /** The folder's name under `datasets`. */
  readonly folder: string;
  readonly files: readonly PinnedFile[];
  /** Folders where a package of the system puts the files, gzipped or not. */
  readonly systemFolders: readonly string[];
  /** The Debian package that holds those folders. */
  readonly debianPackage: string;
  /** The project's own addresses; `<address>/<name>.gz` is each file. */
  readonly addresses: readonly string[];
};

export type Dataset = {
  readonly id: DatasetId;
  readonly source: DataSource;
  /** The rows, from the source's files in its order, each checked already. Pixels stay uint8. */
  parse(files: readonly Uint8Array[]): Split;
};
