import type { Draft } from './draft.ts';

const assumptions = {
  needsCleanData: 'It needs clean data',
  needsPoisonRate: 'It needs to know the poison rate',
  deterministic: 'It is deterministic, given the trial’s seed',
};

/** The defense's card: what its authors declare. */
export function CardFields({ draft }: { draft: Draft }) {
  return (
    <fieldset className="grid gap-5 border-t border-ink pt-4">
      <legend className="sr-only">Card</legend>
      <p aria-hidden="true" className="text-lg font-semibold tracking-tight">
        Card
      </p>
      <label className="grid gap-1">
        <span className="font-medium">Description</span>
        <textarea name="description" rows={3} maxLength={4000} defaultValue={draft.description} className="field" />
      </label>
      <div className="grid gap-5 sm:grid-cols-2">
        <label className="grid content-start gap-1">
          <span className="font-medium">
            Authors <span className="font-normal text-soft">one a line, ORCID iD behind the name</span>
          </span>
          <textarea name="authors" rows={2} defaultValue={draft.authors} className="field" />
        </label>
        <div className="grid content-start gap-5">
          <label className="grid gap-1">
            <span className="font-medium">Paper’s address</span>
            <input name="paper" type="url" defaultValue={draft.paper} className="field" />
          </label>
        </div>
      </div>
      <div className="grid gap-5 sm:grid-cols-3">
        <label className="grid gap-1">
          <span className="font-medium">License</span>
          <input name="license" maxLength={100} defaultValue={draft.license} className="field" />
        </label>
        <label className="grid gap-1">
          <span className="font-medium">Claimed ε</span>
          <input name="epsilon" inputMode="decimal" defaultValue={draft.epsilon} className="field" />
        </label>
        <label className="grid gap-1">
          <span className="font-medium">at δ</span>
          <input name="delta" inputMode="decimal" defaultValue={draft.delta} className="field" />
        </label>
      </div>
      <div className="grid gap-1">
        {Object.entries(assumptions).map(([name, text]) => (
          <label key={name} className="flex items-center gap-2">
            <input
              type="checkbox"
              name="assumes"
              value={name}
              defaultChecked={draft.assumes.includes(name)}
              className="size-4 accent-accent"
            />
            {text}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
