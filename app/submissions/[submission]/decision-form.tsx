'use client';

import { Sure } from '@/app/ui/sure.tsx';
import { useFormAction } from '@/app/ui/use-form-action.ts';
import { CheckChoice } from '@/lib/contract/ids.ts';
import { decideDispute } from './actions.ts';

const words: Record<CheckChoice, string> = {
  first: 'The first run stands',
  again: 'The second run stands',
  third: 'Ask a third runner; the run that it agrees with stands',
};

/** Decides on jobs about which two runners disagree. Works without JavaScript. */
export function DecisionForm({ jobs }: { jobs: readonly string[] }) {
  const { state, form, pending, problem } = useFormAction(decideDispute, {
    problem: null,
    done: null,
    job: '',
    choice: '',
    reason: '',
  });
  const { done, job: chosen, choice, reason } = state;
  return (
    <form {...form} className="mt-6 grid max-w-2xl gap-5">
      <label className="grid gap-1">
        <span className="font-medium">Job that two runners disagree about</span>
        <select name="job" required key={chosen} defaultValue={chosen || jobs[0]} className="field font-mono text-sm">
          {jobs.map((job) => (
            <option key={job}>{job}</option>
          ))}
        </select>
      </label>
      <fieldset>
        <legend className="mb-1 font-medium">Decision</legend>
        {CheckChoice.options.map((one) => (
          <label key={one} className="flex items-baseline gap-2 py-1">
            <input
              type="radio"
              name="choice"
              value={one}
              defaultChecked={one === choice}
              required
              className="size-4 shrink-0 translate-y-0.5 accent-accent"
            />
            {words[one]}
          </label>
        ))}
      </fieldset>
      <label className="grid gap-1">
        <span className="font-medium">
          Reason <span className="font-normal text-soft">shown here, and kept for ever with your account</span>
        </span>
        <input name="reason" required maxLength={500} defaultValue={reason} className="field" />
      </label>
      <Sure problem={problem} />
      {done && <p role="status">{done}</p>}
      <button type="submit" disabled={pending} className="button justify-self-start">
        Decide
      </button>
    </form>
  );
}
