/** Numbers as the pages write them: a true minus sign, and as many decimals as two to ten seeds can carry. */

const signed = (text: string) => text.replace('-', '−');

/** A share of damage undone, −1 to 1. */
export const score = (value: number) => signed(value.toFixed(2)).replace(/^−0\.00$/, '0.00');

export const percent = (share: number, digits = 1) => `${signed((100 * share).toFixed(digits))} %`;

/** A difference of accuracies, in percentage points, always with its sign. */
export function points(difference: number): string {
  const text = (100 * difference).toFixed(1);
  return `${Number(text) > 0 ? '+' : ''}${signed(text).replace(/^−0\.0$/, '0.0')}`;
}

export const times = (factor: number) =>
  `${factor >= 100 ? factor.toFixed(0) : factor >= 10 ? factor.toFixed(1) : factor.toFixed(2)}×`;

export const seconds = (value: number) => (value >= 100 ? `${value.toFixed(0)} s` : `${value.toFixed(1)} s`);

const units = ['bytes', 'kB', 'MB', 'GB'];

/** Decimal units, as disks and downloads have them. */
export function bytes(count: number): string {
  let place = 0;
  let value = count;
  while (value >= 1000 && place < units.length - 1) {
    value /= 1000;
    place++;
  }
  return place === 0 ? `${count} bytes` : `${value.toFixed(1)} ${units[place]}`;
}

/** How long ago, in the largest unit that fits. */
export function age(elapsedSeconds: number): string {
  for (const [unit, size] of [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ] as const)
    if (elapsedSeconds >= size) {
      const count = Math.floor(elapsedSeconds / size);
      return `${count} ${unit}${count === 1 ? '' : 's'} ago`;
    }
  return `${Math.max(0, Math.round(elapsedSeconds))} s ago`;
}

/** In the largest unit of which there are two or more. */
export function duration(minutes: number): string {
  if (minutes < 120) return `${minutes} minute${minutes === 1 ? '' : 's'}`;
  return minutes < 2880 ? `${Math.round(minutes / 60)} hours` : `${Math.round(minutes / 1440)} days`;
}

/** Twelve digits are enough to tell digests apart by eye. */
export const shortDigest = (digest: string) => digest.replace(/^sha256:/, '').slice(0, 12);

/** The places that an entry may have, such as 4–15. */
export const placesText = ([low, high]: readonly [number, number]) => (low === high ? `${low}` : `${low}–${high}`);
