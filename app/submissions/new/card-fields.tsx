import type { ReactNode } from 'react';
import type { Draft } from './draft.ts';

const assumptions = {
  needsCleanData: ['It needs clean data', 'It is compared in the track of those that hold clean data.'],
  needsPoisonRate: ['It needs to know the poison rate', 'It is compared in the track of those that know the rate.'],
  deterministic: [
    'It is deterministic, given the trial’s seed',
    'Run again with the same seed it gives the same numbers.',
  ],
} as const;

type FieldProps = { id: string; label: string; hint: string; children: ReactNode };

/** A field under its name, and under both what to write there. The field names the hint by `about-<id>`. */
const Field = ({ id, label, hint, children }: FieldProps) => (
  <div className="grid content-start gap-1">
    <label htmlFor={id} className="font-medium">
      {label}
    </label>
    {children}
    <p id={`about-${id}`} className="text-sm text-soft">
      {hint}
    </p>
  </div>
);

const named = (name: string) => ({ id: name, name, 'aria-describedby': `about-${name}`, className: 'field' });

/** The defense's card: what its authors declare. */
export function CardFields({ draft }: { draft: Draft }) {
  return (
    <fieldset className="grid gap-5 border-t border-ink pt-4">
      <legend className="sr-only">Card</legend>
      <div>
        <p aria-hidden="true" className="text-lg font-semibold tracking-tight">
          Card
        </p>
        <p className="max-w-2xl text-sm text-soft">
          What you say about your defense. It is public and stays as it is: a correction is a new version. Nothing here
          changes a score.
        </p>
      </div>
      <Field
        id="description"
        label="Description"
        hint="What it does to the data or to the gradients, and why that should help."
      >
        <textarea {...named('description')} rows={3} maxLength={4000} defaultValue={draft.description} />
      </Field>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field
          id="authors"
          label="Authors"
          hint="One a line, the ORCID iD behind the name: Ada Lovelace 0000-0002-1825-0097. Left empty, your own name stands there."
        >
          <textarea {...named('authors')} rows={2} defaultValue={draft.authors} />
        </Field>
        <Field id="paper" label="Paper’s address" hint="Where the method is described, if it is: https://…">
          <input {...named('paper')} type="url" defaultValue={draft.paper} />
        </Field>
        <Field
          id="anonymousUntil"
          label="Anonymous until"
          hint="For a review that must not know you: until this day no page tells your name or the authors. The code, the description and the paper’s address are shown as they are, so leave your name out of them. You can tell it earlier. Left empty, it is told at once."
        >
          <input {...named('anonymousUntil')} type="date" defaultValue={draft.anonymousUntil} />
        </Field>
      </div>
      <div className="grid gap-5 sm:grid-cols-3">
        <Field id="license" label="License" hint="Of the code, as an SPDX name: MIT, Apache-2.0.">
          <input {...named('license')} maxLength={100} defaultValue={draft.license} />
        </Field>
        <Field id="epsilon" label="Claimed ε" hint="Only where it is differentially private. Shown as a claim.">
          <input {...named('epsilon')} inputMode="decimal" defaultValue={draft.epsilon} />
        </Field>
        <Field id="delta" label="at δ" hint="Well below 1 divided by the number of rows: 1e-5.">
          <input {...named('delta')} inputMode="decimal" defaultValue={draft.delta} />
        </Field>
      </div>
      <div className="grid gap-2">
        {Object.entries(assumptions).map(([name, [text, why]]) => (
          <div key={name}>
            <label className="flex items-center gap-2">
              <input
                type="checkbox"
                name="assumes"
                value={name}
                aria-describedby={`about-${name}`}
                defaultChecked={draft.assumes.includes(name)}
                className="size-4 accent-accent"
              />
              {text}
            </label>
            <p id={`about-${name}`} className="pl-6 text-sm text-soft">
              {why}
            </p>
          </div>
        ))}
      </div>
    </fieldset>
  );
}
