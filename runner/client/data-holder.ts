import { dataPath } from '../host/places.ts';
import { textOf } from '../host/text-of.ts';
import { processOf } from '../jail/process-tree.ts';

/**
 * Names the process that holds the data folder; when that process began; and the address of the site that it runs, once
 * it answers.
 */
export const holderFile = () => dataPath('start.pid');
export const begunFile = () => dataPath('start.begun');
export const addressFile = () => dataPath('site.address');

/** What the second of these says of this process: its number, and the time since the machine's start. */
export const begunHere = () => `${process.pid} ${processOf(process.pid)?.began ?? ''}`;

/** The other process that holds the data folder: an `npm start`, or a command that runs the site for its own work. */
export function otherHolder(): string | null {
  const holder = textOf(holderFile()).trim();
  return holder !== '' && isHolder(holder) ? holder : null;
}

/** The address of the site that runs on the data folder. Null where no other process holds it, or none answers yet. */
export function heldAddress(): string | null {
  const address = otherHolder() && textOf(addressFile()).trim();
  return address && /^https?:/.test(address) && URL.canParse(address) ? address : null;
}

/**
 * Whether a process of that number runs this program, and began when the holder did: a number comes back after a while.
 */
function isHolder(pid: string): boolean {
  if (Number(pid) === process.pid || !textOf(`/proc/${pid}/cmdline`).includes('antidote')) return false;
  const [of, began] = textOf(begunFile()).trim().split(' ');
  return of !== pid || !began || processOf(Number(pid))?.began === began;
}
