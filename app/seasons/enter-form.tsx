import { entriesPerAuthor } from '@/lib/contract/season.ts';
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
  told,
}: {
  label: string;
  name: 'submission' | 'season';
  choices: readonly Choice[];
  hidden: Readonly<Record<string, string>>;
  /** Entries that the author has left; null where it depends on the choice. */
  left: number | null;
  /** When its numbers are told, in a sentence. */
  told: string;
}) {
  return (
    <TextForm
      action={enter}
      hidden={hidden}
      label={null}
      choice={{ look: 'list', name, label, options: choices }}
      button="Enter"
      sure
    >
      <p className="text-sm text-soft">
        {left === null
          ? `An author enters ${entriesPerAuthor} submissions in a season`
          : `You have ${left} of ${entriesPerAuthor} entries left`}
        , and a withdrawn one counts. {told} The code is public.
      </p>
    </TextForm>
  );
}
