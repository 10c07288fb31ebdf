import type { ReactNode } from 'react';

/** A sentence that should not be missed. `alarm` for what went wrong; it is read out as soon as it appears. */
export function Notice({ alarm = false, title, children }: { alarm?: boolean; title: string; children?: ReactNode }) {
  const look = alarm ? 'border-alarm bg-alarm-wash' : 'border-accent bg-wash';
  return (
    <div role={alarm ? 'alert' : undefined} className={`border-l-4 px-4 py-3 ${look}`}>
      <p className="font-semibold">{title}</p>
      {children && <div className="mt-1 max-w-3xl">{children}</div>}
    </div>
  );
}
