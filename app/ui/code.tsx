import { reachable } from './reachable.ts';

/** A block of code or a command line. It scrolls by itself and can be reached by keyboard. */
export function Code({ children, label }: { children: string; label: string }) {
  return (
    <section aria-label={label} {...reachable} className="code-block">
      <pre>
        <code>{children}</code>
      </pre>
    </section>
  );
}
