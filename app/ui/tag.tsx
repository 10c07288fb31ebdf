import type { ReactNode } from 'react';

const looks = {
  plain: 'border-line text-soft',
  accent: 'border-accent text-accent',
  alarm: 'border-alarm text-alarm',
  caution: 'border-caution text-caution',
};

export function Tag({
  look = 'plain',
  title,
  children,
}: {
  look?: keyof typeof looks;
  title?: string;
  children: ReactNode;
}) {
  return (
    <span
      title={title}
      className={`inline-block rounded-xs border px-1.5 text-xs leading-5 whitespace-nowrap ${looks[look]}`}
    >
      {children}
    </span>
  );
}

const ofState = {
  queued: 'plain',
  running: 'accent',
  scored: 'plain',
  failed: 'alarm',
  stalled: 'caution',
  withdrawn: 'caution',
} as const;

export function StateTag({ state }: { state: keyof typeof ofState }) {
  return <Tag look={ofState[state]}>{state}</Tag>;
}
