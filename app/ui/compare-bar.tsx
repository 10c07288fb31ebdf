import type { Suite } from '@/lib/contract/suite.ts';

/** The form that the check boxes of a board belong to. */
export const compareForm = 'compare';
export const mostCompared = 4;

/** Leads from the ticked rows to their comparison. In sight while something is ticked. */
export const CompareBar = ({ suite }: { suite: Suite }) => (
  <form id={compareForm} action="/compare" className="compare-bar">
    <input type="hidden" name="suite" value={suite.id} />
    <button type="submit" className="button">
      Compare the ticked rows
    </button>
    <span className="text-sm text-soft">two to {mostCompared}, attack by attack; the others against the first</span>
  </form>
);
