import type { ReactNode } from 'react';

/** A page's title and what it is about. */
export function PageHead({ over, title, children }: { over?: ReactNode; title: ReactNode; children?: ReactNode }) {
  return (
    <div className="pt-10 pb-8 sm:pt-14">
      {over && <p className="mb-2 text-sm text-soft">{over}</p>}
      <h1 className="text-3xl leading-tight wrap-anywhere sm:text-4xl">{title}</h1>
      {children && <div className="mt-4 max-w-2xl text-soft">{children}</div>}
    </div>
  );
}

/** A part of a page, under a rule. `aside` stands at the other end of its title. */
export function Section({
  id,
  title,
  aside,
  children,
}: {
  id?: string;
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  const heading = `${id ?? title.toLowerCase().replace(/\W+/g, '-')}-heading`;
  return (
    <section id={id} aria-labelledby={heading} className="mt-14">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 border-b border-ink pb-2">
        <h2 id={heading} className="text-lg">
          {title}
        </h2>
        {aside && <div className="text-sm text-soft">{aside}</div>}
      </div>
      <div className="pt-4">{children}</div>
    </section>
  );
}
