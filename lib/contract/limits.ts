/**
 * Seconds that one trial may take on a machine whose undefended training takes so many: a slow machine is not the
 * module's fault.
 */
export const trialSeconds = (undefendedSeconds: number) => Math.max(60, 20 * undefendedSeconds);

export const trialMemoryBytes = 4 * 2 ** 30;
