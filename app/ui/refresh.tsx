'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

/**
 * Asks every 5 s, later every 30 s, whether the answer at `url` has changed, and if so brings the page up to date.
 * Rests while the page is hidden.
 */
export function Refresh({ url }: { url: string }) {
  const router = useRouter();
  useEffect(() => {
    let pauseMs = 5000;
    let tag: string | null = null;
    let timer: ReturnType<typeof setTimeout>;
    const look = async () => {
      if (!document.hidden) {
        const answer = await fetch(url).catch(() => null);
        const now = answer?.ok ? answer.headers.get('etag') : tag;
        // At the first answer too: what changed since the server made the page would otherwise never be shown.
        if (now !== tag) router.refresh();
        tag = now;
        pauseMs = Math.min(30_000, pauseMs * 1.1);
      }
      timer = setTimeout(look, pauseMs);
    };
    timer = setTimeout(look, 1000);
    return () => clearTimeout(timer);
  }, [url, router]);
  return (
    <noscript>
      <meta httpEquiv="refresh" content="10" />
    </noscript>
  );
}
