import { ImageResponse } from 'next/og';

export const cardSize = { width: 1200, height: 630 };

const unknownLetter = /[^\u0020-\u007e\u00a1-\u017f]/gu;
/** Letters that the font at hand has. The library would ask a stranger's server for others. */
const drawable = (text: string) => text.replace(unknownLetter, '·').slice(0, 83);

/** Whether at most half of the text would stand there as dots. */
export const isDrawable = (text: string): boolean => text.replace(unknownLetter, '').trim().length >= text.length / 2;

/** The picture that other sites show beside a link, a PNG of 1200 × 630 px: a title, a line below it, what it says. */
export function shareCard({ title, below, says }: { title: string; below: string; says: string }): ImageResponse {
  const column = { display: 'flex', flexDirection: 'column' } as const;
  const around = { ...column, justifyContent: 'space-between', width: '100%', height: '100%', padding: 72 } as const;
  return new ImageResponse(
    <div style={{ ...around, background: '#0e1113', color: '#e9ebea', fontSize: 36 }}>
      <div style={{ display: 'flex', color: '#5ccdb8' }}>Antidote: defenses against training-data poisoning</div>
      <div style={column}>
        <div style={{ display: 'flex', fontSize: 72, lineHeight: 1.15, wordBreak: 'break-word' }}>
          {drawable(title)}
        </div>
        <div style={{ display: 'flex', marginTop: 20, color: '#a0a9b0' }}>{drawable(below)}</div>
      </div>
      <div style={{ display: 'flex' }}>{drawable(says)}</div>
    </div>,
    { ...cardSize, headers: { 'cache-control': 'public, max-age=300' } },
  );
}
