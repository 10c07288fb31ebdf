import { flagText } from '@/app/ui/words.ts';

/** The flags that the row of a cheat has, one a line. */
export function CheatFlags({ flags }: { flags: readonly string[] }) {
  return flags.map((flag) => (
    <span key={flag} title={flagText[flag]} className="text-xs whitespace-nowrap text-soft">
      flag: {flag.replaceAll('-', ' ')}
    </span>
  ));
}
