'use client';

import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { moduleByteLimit } from '@/lib/contract/card.ts';
import { unreadable } from '@/lib/contract/check.ts';
import { DefenseKind } from '@/lib/contract/ids.ts';
import { type LanguageId, languageOfFile, languages } from '@/lib/contract/runtime.ts';
import { CheckLine, type Verdict } from './check-line.tsx';
import type { Draft } from './draft.ts';
import { ModuleReader } from './module-reader.ts';
import { moduleText, notUtf8 } from './module-text.ts';

/** A short defense of each kind in each language. */
export type Examples = Readonly<Record<LanguageId, Readonly<Record<DefenseKind, string>>>>;

const all = Object.values(languages);
const placeholders: Record<LanguageId, string> = {
  javascript: 'export default { shape(step) { … } };',
  python: 'def shape(step, host): …',
};

/** The module's language and text. Works without JavaScript; with it, the text is checked as it is typed. */
export function Editor({ draft, examples }: { draft: Pick<Draft, 'code' | 'language'>; examples: Examples }) {
  const [language, setLanguage] = useState<LanguageId>(draft.language);
  const [live, setLive] = useState(false); // without JavaScript, no button would do anything
  const [verdict, setVerdict] = useState<Verdict>(null);
  const text = useRef<HTMLTextAreaElement>(null);
  const file = useRef<HTMLInputElement>(null);
  const reader = useRef<ModuleReader>(null);
  useEffect(() => {
    const opened = new ModuleReader(setVerdict);
    reader.current = opened;
    setLive(true);
    return () => opened.end();
  }, []);
  useEffect(() => {
    setLanguage(draft.language);
    reader.current?.check(draft);
  }, [draft]);
  const check = (code: string, written: LanguageId) => {
    setLanguage(written);
    if (text.current && text.current.value !== code) text.current.value = code;
    reader.current?.check({ code, language: written });
  };
  /**
   * A file that is too large or no text stays outside: it is refused anyway, and a long one would make the page slow.
   */
  const take = async (chosen: HTMLInputElement) => {
    const [first] = chosen.files ?? [];
    if (!first) return;
    setVerdict(null); // what was said is of another text
    const code = first.size <= moduleByteLimit ? await moduleText(first) : null;
    if (code !== null) return check(code, languageOfFile(first.name.toLowerCase())?.id ?? language);
    chosen.value = '';
    setVerdict(unreadable('', first.size) ?? { ok: false, code: 'syntax', message: notUtf8 });
  };
  // It may have been chosen before this program ran, or be kept by the browser from an earlier visit.
  const takeEarly = useEffectEvent(() => file.current && take(file.current));
  useEffect(() => {
    takeEarly();
  }, []);
  return (
    <div className="grid gap-2">
      <input type="hidden" name="live" value={live ? 'yes' : ''} />
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        <label htmlFor="code" className="font-medium">
          Module
        </label>
        <fieldset className="flex flex-wrap gap-x-4">
          <legend className="sr-only">Language</legend>
          {all.map(({ id, label }) => (
            <label key={id} className="flex min-h-10 items-center gap-2">
              <input
                type="radio"
                name="language"
                value={id}
                checked={id === language}
                onChange={() => check(text.current?.value ?? '', id)}
                className="size-4 accent-accent"
              />
              {label}
            </label>
          ))}
        </fieldset>
        <label className="text-sm">
          <span className="text-soft">from a file </span>
          <input
            type="file"
            name="file"
            ref={file}
            accept={all.flatMap(({ extensions, mediaType }) => [...extensions, mediaType]).join(',')}
            onChange={(event) => take(event.target)}
            className="max-w-64 text-sm file:mr-2 file:rounded-xs file:border file:border-rule file:bg-sheet file:px-2 file:py-0.5"
          />
        </label>
      </div>
      <textarea
        id="code"
        name="code"
        ref={text}
        rows={16}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        defaultValue={draft.code}
        onChange={(event) => check(event.target.value, language)}
        aria-describedby="verdict"
        placeholder={placeholders[language]}
        className="field font-mono text-[0.8125rem] leading-relaxed"
      />
      <CheckLine verdict={verdict} />
      {live && (
        <p className="flex flex-wrap items-baseline gap-x-4 text-sm text-soft">
          Put an example in its place:
          {DefenseKind.options.map((kind) => (
            <button key={kind} type="button" className="link" onClick={() => check(examples[language][kind], language)}>
              {kind}
            </button>
          ))}
        </p>
      )}
    </div>
  );
}
