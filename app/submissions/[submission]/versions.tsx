import Link from 'next/link';
import { Tag } from '@/app/ui/tag.tsx';
import { When } from '@/app/ui/when.tsx';
import type { Version } from '@/lib/db/versions.ts';

/** The line of versions that the submission stands in, oldest first, and for its owner the way to the next one. */
export function Versions({ versions, id, mine }: { versions: Version[]; id: string; mine: boolean }) {
  const newest = versions.at(-1)?.id;
  if (versions.length < 2 && !mine) return null;
  return (
    <nav aria-label="Versions" className="mb-8 border-l-4 border-line pl-4 text-sm">
      {versions.length > 1 && (
        <ol className="grid gap-1">
          {versions.map(({ id: version, name, createdAt, withdrawn }, place) => (
            <li key={version} className="flex flex-wrap items-baseline gap-x-3">
              <span className="text-soft">Version {place + 1}</span>
              {version === id ? (
                <strong aria-current="page" className="wrap-anywhere">
                  {name}
                </strong>
              ) : (
                <Link className="link wrap-anywhere" href={`/submissions/${version}`}>
                  {name}
                </Link>
              )}
              <span className="text-soft">
                <When at={createdAt} />
              </span>
              {withdrawn && <Tag look="caution">withdrawn</Tag>}
              {version === newest && <Tag>newest</Tag>}
            </li>
          ))}
        </ol>
      )}
      {mine && newest && (
        <p className={versions.length > 1 ? 'mt-2' : ''}>
          <Link className="link" href={`/submissions/new?replaces=${newest}`}>
            Submit a new version
          </Link>
          {newest === id ? '' : ' of the newest one'}
        </p>
      )}
    </nav>
  );
}
