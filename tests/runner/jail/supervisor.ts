import { bubblewrap } from '../../../runner/jail/bubblewrap.ts';
import { defaultLimits } from '../../../runner/jail/jail.ts';

/** A supervisor as a process of its own: runs one program in the jail over one job folder and prints its account. */
const [, , program, wasm, job] = process.argv as string[];
const jail = bubblewrap({ program: program!, wasm: wasm!, native: '/nowhere' });
const { out } = await jail.run({ job: job!, backend: 'wasm', limits: { ...defaultLimits, seconds: 20 } });
const file = out instanceof Map ? out.get('failure.json') : undefined;
process.stdout.write(JSON.parse(Buffer.from(file!).toString()).detail);
