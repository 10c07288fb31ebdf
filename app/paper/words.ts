import { type ShapingId, shapings } from '@/lib/studies/paper/shapings.ts';
import type { Range } from '@/lib/studies/paper/source.ts';

/** What the study's settings are called on the page. */
export function shapingText(id: ShapingId): string {
  const { clipNorm, noiseStd } = shapings[id];
  if (clipNorm === null) return 'none';
  return noiseStd === 0 ? `C ${short(clipNorm)}` : `C ${short(clipNorm)}, σ ${short(noiseStd / clipNorm)}`;
}

/** Without the zero before the point, as the study's tables have it, with a true minus sign. */
export const short = (value: number) =>
  String(Number(value.toPrecision(3)))
    .replace('-', '−')
    .replace(/^(−?)0\./, '$1.');

const fixed = (value: number, digits: number) =>
  value
    .toFixed(digits)
    .replace('-', '−')
    .replace(/^(−?)0\./, '$1.');

/** An accuracy or a share, to four decimals where the source has them. */
export const share = (value: number) => fixed(value, 4).replace(/0$/, '');

/** A ratio of norms: as many digits as it can carry. */
export const ratio = (value: number) => (value >= 10 ? value.toFixed(0) : value.toFixed(2));

/** A cosine. */
export const cosine = (value: number) => fixed(value, 3);

export const rangeText = ({ low, high }: Range, format: (value: number) => string) =>
  low === high ? format(low) : `${format(low)} … ${format(high)}`;
