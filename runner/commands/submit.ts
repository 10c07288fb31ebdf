import { basename } from 'node:path';
import type { z } from 'zod';
import { nameDefect } from '../../lib/catalog/entry-name.ts';
import { Card } from '../../lib/contract/card.ts';
import { Report } from '../../lib/contract/report.ts';
import { checkText } from '../../lib/module-check/check-text.ts';
import { requireToken } from '../client/credentials.ts';
import { callSite } from '../client/public-api.ts';
import { Submission } from '../client/submission.ts';
import { UsageError } from '../errors.ts';
import { readText, withoutMark } from '../host/read-text.ts';
import { interrupted } from '../terminal/interrupt.ts';
import { remark } from '../terminal/tell.ts';
import { knownSuite } from './known-suite.ts';
import { languageNamed } from './language-named.ts';
import { show, watch } from './show-submission.ts';

/**
 * Uploads a module and prints the submission; with `watch`, as it is at the end of its evaluation. 1 where the site
 * refuses it or no trial was scored.
 */
export async function submit(
  file: string,
  options: {
    suite: string;
    name: string;
    card?: string;
    replaces?: string;
    anonymousUntil?: string;
    report?: string;
    watch?: boolean;
    json?: boolean;
  },
): Promise<number> {
  knownSuite(options.suite);
  const misnamed = nameDefect(options.name.trim());
  if (misnamed) throw new UsageError(`${misnamed}.`);
  const code = await readText(file);
  const card = options.card ? parsed(Card, 'card', await readText(options.card), options.card) : Card.parse({});
  const report = options.report ? parsed(Report, 'report', await readText(options.report), options.report) : undefined;
  await requireToken();
  const language = languageNamed(file);
  const verdict = await checkText(code, language);
  if (!verdict.ok) {
    remark(verdict.message);
    return 1;
  }
  const { value, status } = await callSite(Submission, 'submissions', interrupted, {
    name: options.name,
    suite: options.suite,
    code,
    language,
    card,
    ...(options.replaces && { replaces: options.replaces }),
    ...(options.anonymousUntil && { anonymousUntil: options.anonymousUntil }),
    ...(report && { report }),
  });
  remark(`${basename(file)} ${status === 201 ? 'is submitted' : 'was submitted before'} as ${value.id}`);
  return options.watch
    ? watch(value.id, { ...options, json: options.json ?? false })
    : show(value, options.json ?? false);
}

function parsed<T>(schema: z.ZodType<T>, what: string, text: string, file: string): T {
  try {
    return schema.parse(JSON.parse(withoutMark(text)));
  } catch (error) {
    const issue = (error as { issues?: { path: PropertyKey[]; message: string }[] }).issues?.[0];
    throw new UsageError(
      `${file} is no ${what}: ${issue ? `${issue.path.join('.') || 'it'}: ${issue.message}` : (error as Error).message}.`,
    );
  }
}
