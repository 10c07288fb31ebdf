import { ImageResponse } from 'next/og';
import { findSubmissionView } from '@/lib/db/submission-view.ts';
import { headline } from '@/lib/headline.ts';

export const alt = 'An entry of Antidote, its suite and its score';
export const size = { width: 1200, height: 630 };
export const contentType = 'image/png';

/** Letters that the font at hand has. The library would ask a stranger's server for others. */
const drawable = (text: string) => text.replace(/[^\u0020-\u007e\u00a1-\u017f]/g, '·');

/** The picture that other sites show beside a link to an entry. */
export default async function Image({ params }: { params: Promise<{ submission: string }> }) {
  const about = await findSubmissionView((await params).submission, null);
  if (!about) return new Response(null, { status: 404 });
  const column = { display: 'flex', flexDirection: 'column' } as const;
  const around = { ...column, justifyContent: 'space-between', width: '100%', height: '100%', padding: 72 } as const;
  return new ImageResponse(
    <div style={{ ...around, background: '#0e1113', color: '#e9ebea', fontSize: 36 }}>
      <div style={{ display: 'flex', color: '#5ccdb8' }}>Antidote: defenses against training-data poisoning</div>
      <div style={{ ...column }}>
        <div style={{ display: 'flex', fontSize: 72, lineHeight: 1.15 }}>{drawable(about.name).slice(0, 80)}</div>
        <div style={{ display: 'flex', marginTop: 20, color: '#a0a9b0' }}>
          {drawable(`${about.anonymousUntil ? '' : 'by '}${about.author}`).slice(0, 83)}
        </div>
      </div>
      <div style={{ display: 'flex' }}>
        {about.suite}: {headline(about)}
      </div>
    </div>,
    { ...size, headers: { 'cache-control': 'public, max-age=300' } },
  );
}
