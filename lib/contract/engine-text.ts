import type { Engine } from './result.ts';

/** What computed a number, in words: the engine and the processor it computed on. */
export const engineText = ({ backend, version, cpu, gpu }: Engine) => `${backend} ${version}, ${gpu ?? cpu}`;
