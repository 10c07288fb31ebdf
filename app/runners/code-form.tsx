'use client';

import { useFormAction } from '@/app/ui/use-form-action.ts';
import { Code } from '../ui/code.tsx';
import { newRunnerCode } from './actions.ts';
import { labelNames } from './labels.ts';

export function CodeForm() {
  const { state, form, pending, problem } = useFormAction(newRunnerCode, {
    code: null,
    problem: null,
    labels: null,
  });
  const { code, labels } = state;
  return (
    <form {...form} className="grid max-w-2xl gap-5">
      <fieldset>
        <legend className="mb-1 font-medium">It may offer</legend>
        {Object.entries(labelNames).map(([label, name]) => (
          <label key={label} className="flex items-center gap-2">
            <input
              type="checkbox"
              name={label}
              defaultChecked={labels?.includes(label) ?? true}
              className="size-4 accent-accent"
            />
            {name}
          </label>
        ))}
      </fieldset>
      <button type="submit" disabled={pending} className="button justify-self-start">
        Make an enrolment code
      </button>
      {problem && (
        <p role="alert" className="text-alarm">
          {problem}
        </p>
      )}
      {code && (
        <div role="status">
          <p className="mb-2">Shown this once, good for one runner and one day:</p>
          <Code label="Starts the runner">{`ANTIDOTE_ENROL=${code} npx antidote work`}</Code>
        </div>
      )}
    </form>
  );
}
