import type { Metadata } from 'next';
import { mainSuite } from '@/lib/catalog/suites/index.ts';
import { referenceTable } from '@/lib/db/reference-table.ts';
import { Findings } from './findings.tsx';

export const metadata: Metadata = {
  title: 'Findings',
  description:
    'What the reference defenses show: where clipping fails, what under-training explains, and how much a single seed misleads.',
};

export default async function FindingsPage() {
  return <Findings suite={mainSuite} table={mainSuite.ranked ? await referenceTable(mainSuite) : null} />;
}
