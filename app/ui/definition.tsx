import type { ReactNode } from 'react';

/**
 * What a word means, one press, touch or key away: a button and a popover of the browser, which need no script. One
 * definition serves any number of buttons on its page.
 */
export const Definition = ({ id, children }: { id: string; children: ReactNode }) => (
  <span id={`means-${id}`} popover="auto" className="definition">
    {children}
  </span>
);

/** A word that is its own button. */
export const DefinedWord = ({ id, className, children }: { id: string; className: string; children: ReactNode }) => (
  <button type="button" popoverTarget={`means-${id}`} className={className}>
    {children}
  </button>
);

/** For a word that is a link already: a question mark behind it, with the definition. */
export const QuestionMark = ({ id, word, children }: { id: string; word: string; children: ReactNode }) => (
  <>
    <button type="button" popoverTarget={`means-${id}`} aria-label={`What “${word}” means`} className="question-mark">
      ?
    </button>
    <Definition id={id}>{children}</Definition>
  </>
);
