import type { LabeledSet } from '../../lib/contract/defense.ts';

/**
 * One file of a data set, unpacked: its name in the data set's folder, its length, and the sha256 (64 hex digits) that
 * it must have.
 */
export type PinnedFile = { readonly name: string; readonly bytes: number; readonly sha256: string };

/**
 * One whose sha256 nobody has published, at most so many bytes long: known by what it holds. `defect` says what is
 * wrong with it, or null.
 */
type DescribedFile = {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: null;
  defect(bytes: Uint8Array): string | null;
};

export type DataFile = PinnedFile | DescribedFile;

/**
 * A file of an archive by the last part of its name, whatever its folder. Throws RangeError for one that is not there.
 */
export type Member = (name: string) => Uint8Array;

/**
 * A .tar.gz or .zip, at most so many bytes long; its sha256 (64 hex digits) where it is known. It holds the data set's
 * files under their names, or what `make` makes them of.
 */
export type Archive = {
  readonly url: string;
  readonly bytes: number;
  readonly sha256: string | null;
  make?(name: string, member: Member): Uint8Array;
};

export type Split = { readonly train: LabeledSet; readonly test: LabeledSet };

/** Where the files of a data set come from; several data sets may share one. */
export type DataSource = {
  /** The folder's name under `datasets`. */
  readonly folder: string;
  readonly files: readonly DataFile[];
  /** Folders where a package of the system puts the files, gzipped or not. */
  readonly systemFolders: readonly string[];
  /** The Debian package that holds those folders, where there is one. */
  readonly debianPackage: string | null;
  /** The project's own addresses; `<address>/<name>.gz` is each file. */
  readonly addresses: readonly string[];
  /** The project's own archives of all files. */
  readonly archives: readonly Archive[];
};

export type Dataset = {
  readonly source: DataSource;
  /** The rows, from the source's files in its order, each checked already. Pixels stay uint8. */
  parse(files: readonly Uint8Array[]): Split;
};
