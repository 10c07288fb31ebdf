import Link from 'next/link';
import { PageHead } from './ui/page-head.tsx';

export default function NotFound() {
  return (
    <div className="wide">
      <PageHead over="404" title="There is nothing here">
        <p>
          The address may be mistyped, or of a submission that never was. Withdrawn submissions keep their page.{' '}
          <Link className="link" href="/">
            To the board
          </Link>
        </p>
      </PageHead>
    </div>
  );
}
