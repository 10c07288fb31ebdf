import { enter } from './actions.ts';
import { TextForm } from './text-form.tsx';

type Choice = { readonly value: string; readonly name: string };

/** Enters a submission in a season: one of the two is chosen, the other is where the form stands. */
export function EnterForm({
  label,
  name,
  choices,
  hidden,
  left,
  closed = false,
}: {
  label: string;
  name: 'submission' | 'season';
  choices: readonly Choice[];
  hidden: Readonly<Record<string, string>>;
  /** Entries that the author has left; null where it depends on the choice. */
  left: number | null;
  /** The season is closed. */
  closed?: boolean;
}) {
  return (
    <TextForm action={enter} hidden={hidden} label={null} button="Enter" sure>
      <label className="grid gap-1">
        <span className="font-medium">{label}</span>
        <select name={name} required className="field">
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.name}
            </option>
          ))}
        </select>
      </label>
      <p className="text-sm text-soft">
        {left === null ? 'An author enters two submissions in a season' : `You have ${left} of two entries left`}, and a
        withdrawn one counts.{' '}
        {closed
          ? 'The season is over: it is scored, and not ranked.'
          : 'Logs and numbers are withheld until the close.'}{' '}
        The code is public.
      </p>
    </TextForm>
  );
}
