/** Numbers as the pages write them: a true minus sign, and as many decimals as two to ten seeds can carry. */

const signed = (text: string) => text.replace('-', '−');

/** A share of damage undone, −1 to 1. */
export const score = (value: number) => signed(value.toFixed(2)).replace(/^−0\.00$/, '0.00');

export const percent = (share: number, digits = 1) =>
  `${signed((100 * share).toFixed(digits)).replace(/^−(0(?:\.0*)?)$/, '$1')} %`;

/** A difference of accuracies, in percentage points, always with its sign. */
export function points(difference: number): string {
  const text = (100 * difference).toFixed(1);
  return `${Number(text) > 0 ? '+' : ''}${signed(text).replace(/^−0\.0$/, '0.0')}`;
}

/** With fewer decimals for what is larger, as it is after rounding. */
const rounded = (value: number, [most, ...fewer]: readonly [number, ...number[]]): string => {
  const text = value.toFixed(most);
  const [next, ...rest] = fewer;
  return next === undefined || Number(text) < 10 ** (3 - most) ? text : rounded(value, [next, ...rest]);
};

export const times = (factor: number) => `${rounded(factor, [2, 1, 0])}×`;

export const seconds = (value: number) => `${rounded(value, [1, 0])} s`;

const units = ['bytes', 'kB', 'MB', 'GB'];

/** Decimal units, as disks and downloads have them. */
export function bytes(count: number): string {
  let place = 0;
  let value = count;
  while (Number(value.toFixed(1)) >= 1000 && place < units.length - 1) {
    value /= 1000;
    place++;
  }
  return place === 0 ? `${count} ${count === 1 ? 'byte' : 'bytes'}` : `${value.toFixed(1)} ${units[place]}`;
}

/** How long ago, in the largest unit that fits. */
export function age(elapsed: number): string {
  const elapsedSeconds = Math.max(0, Math.round(elapsed));
  for (const [unit, size] of [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ] as const)
    if (elapsedSeconds >= size) {
      const count = Math.floor(elapsedSeconds / size);
      return `${count} ${unit}${count === 1 ? '' : 's'} ago`;
    }
  return `${elapsedSeconds} s ago`;
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
