import { heatClass } from './heat.ts';
import { score } from './numbers.ts';

/** How to read the heat map, and what the brackets are. */
export function Legend() {
  return (
    <div className="mt-6 grid gap-x-12 gap-y-4 text-sm text-soft md:grid-cols-[auto_1fr]">
      <div className="flex items-start text-center text-xs" aria-hidden="true">
        {[-0.2, 0, 0.2, 0.4, 0.6, 0.8, 1].map((value) => (
          <span key={value} className={`w-9 py-1.5 sm:w-11 ${heatClass(value)}`}>
            {value < 0 ? '< 0' : score(value)}
          </span>
        ))}
      </div>
      <p className="max-w-3xl">
        0 is no better than no defense, 1 is as if there had been no attack, below 0 is worse than no defense. Two rows
        are there to compare with: first the oracle filter, which knows the poison and drops exactly that; last no
        defense at all. n is the number of seeds behind a number; it is shown where seeds are missing. With fewer than
        five seeds there is no interval. A dash is a number that is not known or does not apply.
      </p>
    </div>
  );
}
