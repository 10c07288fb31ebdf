'use server';

import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { currentViewer } from '@/lib/auth.ts';
import { clientAddress } from '@/lib/client-address.ts';
import { authorsOf } from '@/lib/contract/orcid.ts';
import { plainNumber } from '@/lib/contract/plain-number.ts';
import { LanguageId, languageOfFile } from '@/lib/contract/runtime.ts';
import { SubmissionRequest } from '@/lib/contract/submission-request.ts';
import { countUpload } from '@/lib/db/quota.ts';
import { submit } from '@/lib/db/submit.ts';
import { AppError } from '@/lib/errors.ts';
import { textIn } from '@/lib/form-text.ts';
import { issueOf } from '@/lib/http.ts';
import { claimProblem } from './claim-problem.ts';
import type { Draft } from './draft.ts';
import { moduleText, notUtf8 } from './module-text.ts';

export type SubmitState = { problem: string | null; draft: Draft };

/** Submits, and shows the submission. What is wrong comes back with all that was typed. */
export async function submitDefense(_: SubmitState, form: FormData): Promise<SubmitState> {
  const sent = await codeOf(form);
  const draft = draftOf(form, sent);
  const viewer = await currentViewer();
  if (!viewer)
    return { problem: 'You are not signed in any more. Sign in in another window, and press the button again.', draft };
  if (sent.code === null) return { problem: notUtf8, draft };
  const misclaimed = claimProblem(draft);
  if (misclaimed) return { problem: misclaimed, draft };
  const request = SubmissionRequest.safeParse(requestOf(draft));
  if (!request.success) return { problem: issueOf(request.error), draft };
  let id: string;
  try {
    await countUpload(viewer, clientAddress(await headers()));
    ({ id } = await submit(viewer, request.data));
  } catch (error) {
    if (error instanceof AppError) return { problem: error.message, draft };
    throw error;
  }
  redirect(`/submissions/${id}`);
}

type Sent = { code: string | null; file: string | null };

/**
 * The module, and the name of its file. Where the page's program runs, it has put the file into the text field, where
 * it may have been changed since: then that counts. Else a chosen file does. Null is a file that is not in UTF-8.
 */
async function codeOf(form: FormData): Promise<Sent> {
  const code = textIn(form, 'code').replaceAll('\r\n', '\n');
  const file = form.get('file');
  const isRead = form.get('live') === 'yes' && code.trim() !== '';
  return !isRead && file instanceof File && file.size > 0
    ? { code: await moduleText(file), file: file.name }
    : { code, file: null };
}

function draftOf(form: FormData, { code, file }: Sent): Draft {
  const text = (name: string) => textIn(form, name);
  return {
    name: text('name'),
    suite: text('suite'),
    replaces: text('replaces'),
    anonymousUntil: text('anonymousUntil').trim(),
    code: code ?? '',
    language:
      (file === null ? null : languageOfFile(file.toLowerCase())?.id) ??
      LanguageId.catch('javascript').parse(text('language')),
    description: text('description'),
    authors: text('authors'),
    license: text('license'),
    paper: text('paper'),
    epsilon: text('epsilon'),
    delta: text('delta'),
    assumes: form.getAll('assumes').map(String),
  };
}

const requestOf = ({
  name,
  suite,
  code,
  language,
  replaces,
  anonymousUntil,
  description,
  authors,
  license,
  paper,
  epsilon,
  delta,
  assumes,
}: Draft) => ({
  name,
  suite,
  code,
  language,
  ...(replaces && { replaces }),
  ...(anonymousUntil && { anonymousUntil }),
  card: {
    description,
    authors: authorsOf(authors),
    license: license.trim() || 'MIT',
    ...(paper.trim() && { paper: paper.trim() }),
    needsCleanData: assumes.includes('needsCleanData'),
    needsPoisonRate: assumes.includes('needsPoisonRate'),
    deterministic: assumes.includes('deterministic'),
    ...((epsilon.trim() || delta.trim()) && { claims: { epsilon: plainNumber(epsilon), delta: plainNumber(delta) } }),
  },
});
