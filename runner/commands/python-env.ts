import { PythonSet } from '../../lib/contract/runtime.ts';
import { UsageError } from '../errors.ts';
import { makeSet } from '../host/python/make-set.ts';
import { setFolder } from '../host/python/set-folder.ts';
import { interrupted, saysWhenInterrupted } from '../terminal/interrupt.ts';
import { progressOf } from '../terminal/progress.ts';
import { remark, tell } from '../terminal/tell.ts';

/** Makes a set of Python packages for defenses in Python. */
export async function pythonEnv(name: string): Promise<number> {
  const set = PythonSet.safeParse(name).data;
  if (!set) throw new UsageError(`There is no set '${name}'; known: ${PythonSet.options.join(', ')}.`);
  saysWhenInterrupted('Stopped; what was downloaded is kept.');
  const progress = progressOf(`Python set ${set}`);
  const made = await makeSet(set, progress.tell, interrupted);
  progress.end();
  tell(`${set}: ${made ? 'made' : 'as made before'}, in ${setFolder(set)}`);
  if (made) remark('A site or runner that runs offers it after it is started again.');
  return 0;
}
