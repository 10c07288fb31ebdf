import { reachable } from './reachable.ts';

/** A block of code or a command line. It scrolls by itself and can be reached by keyboard. */
export function Code({ children, label }: { children: string; label: string }) {
  return (
    <pre aria-label={label} {...reachable} className="code-block">
      <code>{children}</code>
    </pre>
  );
}
