/** Where the wall time of a trial went, in seconds. */
export type Spent = {
  /** Reading, poisoning and jittering the data, in the harness. */
  readonly data: number;
  /**
   * Writing the job folder, waiting for the jail where it was not opened ahead, reading the data inside, and clearing
   * away.
   */
  readonly start: number;
  /** The module's own time: the only part that is limited and scored. */
  readonly training: number;
  /** Reading the weights and predicting, in the harness. */
  readonly scoring: number;
};

/** The sum over trials. */
export const spentTogether = (all: readonly Spent[]): Spent => {
  const sum = (part: keyof Spent) => all.reduce((seconds, spent) => seconds + spent[part], 0);
  return { data: sum('data'), start: sum('start'), training: sum('training'), scoring: sum('scoring') };
};
