'use client';

import { PageHead } from './ui/page-head.tsx';

/**
 * In place of a page that could not be made, or whose button did not come through. With a digest the server failed, and
 * its log has the error under it; without one the browser can't tell.
 */
export default function ErrorPage({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <div className="wide">
      <PageHead over={error.digest ? '500' : 'No answer'} title="This page can’t be shown">
        <p>
          {error.digest ? (
            <>
              Something failed on our side. The log calls it <code className="font-mono text-sm">{error.digest}</code>.
            </>
          ) : (
            'The site can’t be reached, or was updated after this page was loaded.'
          )}{' '}
          Whether the last thing that you pressed was done, the page that it belongs to will say.
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
