/** Round ticks of an axis that has room for 0 and for all of these, which it cuts at −1 and 1. */
export function ticksOver(values: readonly number[]): number[] {
  const [low, high] = [Math.max(-1, Math.min(0, ...values)), Math.min(1, Math.max(0, ...values))];
  return ticksBetween(low, high);
}

/** Round ticks of an axis from −1 to 1 at most that begins at or below the one and ends at or above the other. */
export function ticksBetween(low: number, high: number): number[] {
  const step = [0.01, 0.02, 0.05, 0.1, 0.2, 0.25].find((one) => (high - low) / one <= 5) ?? 0.5;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(high / step - 1e-9));
  const ticks = Array.from({ length: last - first + 1 }, (_, place) => Number(((first + place) * step).toFixed(2)));
  return ticks.filter((tick) => tick >= -1 && tick <= 1);
}

export const tickText = (tick: number) => String(tick).replace('-', '−');
