/**
 * Seconds that one trial may take on a machine whose undefended training takes so many: a slow machine is not the
 * module's fault.
 */
export const trialSeconds = (undefendedSeconds: number) => Math.max(60, 20 * undefendedSeconds);

export const trialMemoryBytes = 4 * 2 ** 30;

/** So many trials of one evaluation at the time limit, and it is run no further. */
export const timeoutsThatStop = 3;
export const stoppedByTimeouts = 'Three trials ran into the time limit, so the rest were not run.';

/** Sets of weights that an ensemble may have. */
export const memberLimit = 250;
