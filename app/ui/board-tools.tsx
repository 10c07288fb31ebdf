import Link from 'next/link';
import type { ReactNode } from 'react';
import { Track } from '@/lib/contract/card.ts';
import { RowKind } from '@/lib/contract/ids.ts';
import { LanguageId, languages } from '@/lib/contract/runtime.ts';
import type { Suite } from '@/lib/contract/suite.ts';
import { columnNames, type Detail, usualColumns } from './board-columns.ts';
import { presetViews } from './board-presets.ts';
import { isFiltered, queryOf, searchLimit, type View } from './board-view.ts';
import { trackText } from './words.ts';

/**
 * Which rows and columns a board shows, and which rows its scatter plot. A form that asks for an address, and links:
 * the address holds the whole view, and no script is needed.
 */
export function BoardTools({ suite, view, page = '' }: { suite: Suite; view: View; page?: '' | 'scatter' }) {
  const path = `/suites/${suite.id}${page && `/${page}`}`;
  const changed = isFiltered(view) || view.columns.join() !== usualColumns.join();
  return (
    <form action={path} className="mb-4 text-sm print:hidden">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
        <search className="flex min-w-64 grow items-center gap-2 sm:max-w-md">
          <input
            type="search"
            name="search"
            defaultValue={view.search}
            maxLength={searchLimit}
            aria-label="Search by name, author, kind, assumption or language"
            placeholder="Name, author, kind, assumption, language"
            className="field"
          />
          <button type="submit" className="button">
            Show
          </button>
        </search>
        <nav aria-label="Usual views" className="flex flex-wrap gap-x-4">
          {presetViews(suite).map(({ name, about, view: preset }) => (
            <Link
              key={name}
              href={path + queryOf(suite, preset)}
              prefetch={false}
              aria-current={queryOf(suite, preset) === queryOf(suite, view) ? 'page' : undefined}
              className="link py-1 aria-[current=page]:font-semibold aria-[current=page]:text-ink aria-[current=page]:no-underline"
            >
              {name}
              <span className="sr-only">: {about}</span>
            </Link>
          ))}
        </nav>
      </div>
      <details className="mt-3" open={changed}>
        <summary className="w-fit py-1 font-semibold">Filters and columns</summary>
        <div className="mt-2 flex flex-wrap gap-x-5 gap-y-3 border-y border-line py-4">
          <Choice name="kind" label="Kind" value={view.kind} any="every kind" options={kinds} />
          <Choice name="track" label="Assumes" value={view.track} any="anything" options={tracks} />
          <Choice name="language" label="Language" value={view.language} any="every language" options={languageNames} />
          <Choice name="flags" label="Flags" value={view.flags} any="with and without" options={flagged} />
          <Choice
            name="baselines"
            label="Reference defenses"
            value={view.baselines ? null : 'hide'}
            any="shown"
            options={[['hide', 'hidden']]}
          />
          <Choice name="detail" label="Heat map" value={view.detail} options={details} />
          <fieldset className="w-full">
            <legend className="text-soft">Columns</legend>
            <div className="mt-1 flex flex-wrap gap-x-5">
              {columnNames.map(({ id, name }) => (
                <label key={id} className="flex min-h-8 items-center gap-2">
                  <input type="checkbox" name="columns" value={id} defaultChecked={view.columns.includes(id)} />
                  {name}
                </label>
              ))}
            </div>
          </fieldset>
          <input type="hidden" name="sort" value={view.sort} />
          <input type="hidden" name="direction" value={view.direction} />
          <button type="submit" className="button">
            Show
          </button>
        </div>
      </details>
    </form>
  );
}

type Options = readonly (readonly [value: string, text: string])[];
const kinds: Options = RowKind.options.map((kind) => [kind, kind]);
const tracks: Options = Track.options.map((track) => [track, trackText[track]]);
const languageNames: Options = LanguageId.options.map((id) => [id, languages[id].label]);
const flagged: Options = [
  ['none', 'without a flag'],
  ['some', 'with a flag'],
];
const details: readonly (readonly [Detail, string])[] = [
  ['families', 'families'],
  ['scenarios', 'every scenario'],
  ['none', 'none'],
];

function Choice({
  name,
  label,
  value,
  any,
  options,
}: {
  name: string;
  label: string;
  value: string | null;
  any?: string;
  options: Options;
}): ReactNode {
  return (
    <label className="grid gap-1">
      <span className="text-soft">{label}</span>
      <select name={name} defaultValue={value ?? ''} className="field">
        {any && <option value="">{any}</option>}
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
