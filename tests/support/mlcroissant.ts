import { execFileSync } from 'node:child_process';
import { z } from 'zod';
import { mlcroissant, pythonOf } from '../../runner/doctor/system.ts';

const program = `import json, sys, mlcroissant as mlc
data = mlc.Dataset('croissant.json')
plain = lambda value: value.decode() if isinstance(value, bytes) else value.item() if hasattr(value, 'item') else value
records = lambda name: [{key.split('/')[1]: plain(value) for key, value in record.items()} for record in data.records(name)]
issues = data.metadata.ctx.issues
print(json.dumps({'errors': sorted(issues.errors), 'warnings': sorted(issues.warnings), 'version': data.metadata.ctx.conforms_to.value, 'cells': records('cells'), 'poison': records('poison')}))`;

const Trial = z.object({ scenario: z.string(), budget: z.number(), seed: z.int() });
const Read = z.object({
  errors: z.array(z.string()),
  warnings: z.array(z.string()),
  version: z.string(),
  cells: z.array(Trial.extend({ path: z.string() })),
  poison: z.array(Trial.extend({ index: z.int(), label: z.int() })),
});

/** What MLCommons' own program reads in the folder of a suite. Throws with its words where it refuses the folder. */
export const readByMlcroissant = (folder: string): z.infer<typeof Read> =>
  Read.parse(
    JSON.parse(
      execFileSync(pythonOf(mlcroissant)!, ['-c', program], {
        cwd: folder,
        encoding: 'utf8',
        maxBuffer: 2 ** 28,
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    ),
  );
