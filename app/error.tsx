'use client';

import { PageHead } from './ui/page-head.tsx';

/** Something of ours failed; the log has it under this digest. */
export default function ErrorPage({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <div className="wide">
      <PageHead over="500" title="This page could not be made">
        <p>
          Something failed on our side, and nothing was lost.
          {error.digest && (
            <>
              {' '}
              The log calls it <code className="font-mono text-sm">{error.digest}</code>.
            </>
          )}
        </p>
        <p className="mt-4 flex flex-wrap items-center gap-4">
          <button type="button" onClick={retry} className="button">
            Try again
          </button>
          <a className="link" href="/">
            To the board
          </a>
        </p>
      </PageHead>
    </div>
  );
}
