import { languageOf, type Runtime, setOf } from '@/lib/contract/runtime.ts';
import { Tag } from './tag.tsx';

/** The language of a module; where it is pointed at, its set of packages too. */
export function LanguageTag({ runtime }: { runtime: Runtime }) {
  const set = setOf(runtime);
  return <Tag title={set ? `With the packages of the set ${set}` : undefined}>{languageOf(runtime).label}</Tag>;
}
