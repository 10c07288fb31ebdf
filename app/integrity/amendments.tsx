import { amendments } from '@/lib/catalog/amendments.ts';

/** What was changed after publication, and why. */
export const Amendments = () => (
  <ul className="grid max-w-3xl gap-5">
    {amendments.map(({ date, what, why }) => (
      <li key={`${date} ${what}`}>
        <p>
          <time className="mr-2 text-sm text-soft tabular-nums">{date}</time>
          {what}
        </p>
        <p className="mt-1 text-sm text-soft">{why}</p>
      </li>
    ))}
  </ul>
);
