'use server';

import { revalidatePath } from 'next/cache';
import { requireViewer } from '@/lib/auth.ts';
import { ReviewVerdict } from '@/lib/contract/season.ts';
import { enterSeason, withdrawEntry } from '@/lib/db/season-entries.ts';
import { answerDispute, disputeEntry, reviewEntry } from '@/lib/db/season-reviews.ts';
import { AppError } from '@/lib/errors.ts';
import { textIn } from '@/lib/form-text.ts';

/** What is wrong, what was done, and where it was refused what was typed and chosen, by field. */
export type SeasonState = { problem: string | null; done: string | null; sent: Readonly<Record<string, string>> };

/** What people type or choose in these forms. */
const fields = ['submission', 'season', 'verdict', 'text'];

/** Does what a form asks for. The data layer decides who may. */
async function attempt(
  form: FormData,
  work: (text: (name: string) => string) => Promise<string>,
): Promise<SeasonState> {
  const text = (name: string) => textIn(form, name);
  try {
    const done = await work(text);
    revalidatePath('/seasons/[season]', 'page');
    revalidatePath('/seasons/[season]/entries/[entry]', 'page');
    return { problem: null, done, sent: {} };
  } catch (error) {
    if (error instanceof AppError) return { problem: error.message, done: null, sent: sentIn(form) };
    throw error;
  }
}

const sentIn = (form: FormData) => Object.fromEntries(fields.map((name) => [name, textIn(form, name)]));

const requireSure = (form: FormData, why: string) => {
  if (form.get('sure') !== 'on') throw new AppError('invalid', `Tick the box first: ${why}.`);
};

export async function enter(_: SeasonState, form: FormData): Promise<SeasonState> {
  return attempt(form, async (text) => {
    requireSure(form, 'an entry is for good');
    const { name, late, season } = await enterSeason(await requireViewer(), text('submission'), text('season'));
    return `${name} is entered in season ${season}${late ? ', late: it is scored and not ranked' : ''}.`;
  });
}

export async function withdrawFromSeason(_: SeasonState, form: FormData): Promise<SeasonState> {
  return attempt(form, async (text) => {
    requireSure(form, 'a withdrawn entry does not come back');
    await withdrawEntry(await requireViewer(), text('entry'), text('text').slice(0, 500));
    return 'The entry is withdrawn.';
  });
}

export async function review(_: SeasonState, form: FormData): Promise<SeasonState> {
  return attempt(form, async (text) => {
    const verdict = ReviewVerdict.safeParse(text('verdict'));
    if (!verdict.success) throw new AppError('invalid', 'verdict: want cleared or refused.');
    await reviewEntry(await requireViewer(), text('entry'), verdict.data, text('text'));
    return `The entry is ${verdict.data}.`;
  });
}

export async function dispute(_: SeasonState, form: FormData): Promise<SeasonState> {
  return attempt(form, async (text) => {
    await disputeEntry(await requireViewer(), text('entry'), text('text'));
    return 'Your dispute stands here until it is answered.';
  });
}

export async function answer(_: SeasonState, form: FormData): Promise<SeasonState> {
  return attempt(form, async (text) => {
    await answerDispute(await requireViewer(), text('dispute'), text('text'));
    return 'The answer stands.';
  });
}
