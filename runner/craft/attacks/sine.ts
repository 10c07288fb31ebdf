/** sin(2π·turns) for turns ≥ 0, within 1e-9, by + − × ÷ alone: the same bits on every machine. */
export function sineOfTurns(turns: number): number {
  const rest = turns - Math.floor(turns);
  if (rest >= 0.5) return -sineOfTurns(rest - 0.5);
  const x = 2 * Math.PI * (rest > 0.25 ? 0.5 - rest : rest); // within a quarter turn
  const y = x * x;
  return x * (1 - (y / 6) * (1 - (y / 20) * (1 - (y / 42) * (1 - (y / 72) * (1 - (y / 110) * (1 - y / 156))))));
}
