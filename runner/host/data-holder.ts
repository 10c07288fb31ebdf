import { readFileSync } from 'node:fs';
import { dataPath } from './places.ts';

/** Names the process that holds the data folder; and the address of the site that this process runs, once it answers. */
export const holderFile = () => dataPath('start.pid');
export const addressFile = () => dataPath('site.address');

/** The other process that holds the data folder: an `npm start`, or a command that runs the site for its own work. */
export function otherHolder(): string | null {
  const holder = textOf(holderFile()).trim();
  return holder !== '' && isOurs(holder) ? holder : null;
}

/** The address of the site that runs on the data folder. Null where no other process holds it, or none answers yet. */
export function heldAddress(): string | null {
  const address = otherHolder() && textOf(addressFile()).trim();
  return address && /^https?:/.test(address) && URL.canParse(address) ? address : null;
}

/** Empty where there is none. */
export function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Whether a process of that number runs this program; a number comes back after a while. */
function isOurs(pid: string): boolean {
  return Number(pid) !== process.pid && textOf(`/proc/${pid}/cmdline`).includes('antidote');
}
