import type { Metadata } from 'next';
import Link from 'next/link';
import { Notice } from '@/app/ui/notice.tsx';
import { PageHead } from '@/app/ui/page-head.tsx';
import { currentViewer } from '@/lib/auth.ts';
import { tokenDays } from '@/lib/db/devices.ts';
import { DeviceForm } from './device-form.tsx';

export const metadata: Metadata = {
  title: 'Approve a device',
  description: 'Sign in a command line by the code that it shows.',
  robots: { index: false },
};

export default async function DevicePage({
  searchParams,
}: {
  searchParams: Promise<{ user_code?: string | string[] }>;
}) {
  const [{ user_code: code }, viewer] = await Promise.all([searchParams, currentViewer()]);
  return (
    <div className="wide">
      <PageHead title="Approve a device">
        <p>
          A command line that you started shows a code of eight letters. Enter it here only if you started it yourself:
          it will act in your name.
        </p>
      </PageHead>
      {viewer ? (
        <DeviceForm days={tokenDays} code={typeof code === 'string' ? code.slice(0, 9) : ''} />
      ) : (
        <Notice title="Sign in first">
          <p>
            <Link className="link" href="/sign-in">
              Sign in
            </Link>
            , then come back to this page.
          </p>
        </Notice>
      )}
    </div>
  );
}
