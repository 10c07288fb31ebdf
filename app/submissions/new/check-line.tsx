import { moduleLength } from '@/app/ui/words.ts';
import type { Check } from '@/lib/contract/check.ts';
import { languageOf, type Runtime, setOf } from '@/lib/contract/runtime.ts';

export type Verdict = Check | null;

/** What the check says of the module so far. */
export function CheckLine({ verdict }: { verdict: Verdict }) {
  const color = verdict === null ? 'text-soft' : verdict.ok ? 'text-accent' : 'text-alarm';
  const text =
    verdict === null
      ? `At most ${moduleLength}; size, syntax, kind and imports are checked, and nothing is run.`
      : verdict.ok
        ? `A ${verdict.kind} defense${written(verdict.runtime)}, ${verdict.bytes.toLocaleString('en-US')} bytes.`
        : verdict.message;
  return (
    <p id="verdict" role="status" className={`min-h-6 text-sm wrap-anywhere ${color}`}>
      {text}
    </p>
  );
}

const written = (runtime: Runtime) => {
  const set = setOf(runtime);
  return set ? ` in ${languageOf(runtime).label}, with the packages of the set ${set}` : '';
};
