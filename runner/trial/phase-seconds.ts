/** Where the wall time of a trial went, in seconds. */
export type PhaseSeconds = {
  /** Reading, poisoning and jittering the data, in the harness. */
  readonly data: number;
  /** The job folder, the wait for a jail that was not opened ahead, reading the data inside, clearing away. */
  readonly start: number;
  /** The module's own time: the only part that is limited and scored. */
  readonly training: number;
  /** Reading the weights and predicting, in the harness. */
  readonly scoring: number;
};

/** The sum over trials. */
export const totalSeconds = (all: readonly PhaseSeconds[]): PhaseSeconds => {
  const sum = (phase: keyof PhaseSeconds) => all.reduce((seconds, one) => seconds + one[phase], 0);
  return { data: sum('data'), start: sum('start'), training: sum('training'), scoring: sum('scoring') };
};
