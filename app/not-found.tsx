import Link from 'next/link';
import { PageHead } from './ui/page-head.tsx';

export default function NotFound() {
  return (
    <div className="wide">
      <PageHead over="404" title="There is nothing here">
        <p>The address may be mistyped, or of a submission that never was. Withdrawn submissions keep their page.</p>
        <p className="mt-4 flex flex-wrap gap-x-6 gap-y-2">
          <Link className="link" href="/">
            To the board
          </Link>
          <Link className="link" href="/attacks">
            The attacks
          </Link>
          <Link className="link" href="/docs">
            The docs
          </Link>
        </p>
      </PageHead>
    </div>
  );
}
