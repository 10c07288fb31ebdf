import { sql } from 'drizzle-orm';
import { beforeEach, expect, it, vi } from 'vitest';
import { sha256 } from '../../lib/contract/canonical.ts';
import { modulesWithData } from '../../lib/db/embedded-data.ts';
import { AppError } from '../../lib/errors.ts';
import { checkBeside } from '../../lib/module-check/check-beside.ts';
import { onPglite } from '../support/pglite.ts';
import { execute } from '../support/sql.ts';

vi.mock('../../lib/module-check/check-beside.ts', async (original) => ({
  checkBeside: vi.fn((await original<typeof import('../../lib/module-check/check-beside.ts')>()).checkBeside),
}));
beforeEach(() => void vi.mocked(checkBeside).mockClear());
onPglite();

const shape = 'export default { shape: (step) => step.sum(new Float32Array(step.size).fill(1)) };\n';
async function store(code: string) {
  const module = { sha256: await sha256(code), bytes: Buffer.byteLength(code) };
  await execute(
    sql`insert into modules (sha256, code, bytes, kind) values (${module.sha256}, ${code}, ${module.bytes}, 'shape')`,
  );
  return module;
}

it('tells the modules that embed data by size and by what they hold, and remembers', async () => {
  const small = await store(shape);
  const commented = await store(`${shape}//${'x'.repeat(5000)}`);
  const table = await store(`${shape}const table = '${'x'.repeat(5000)}';`);
  const large = await store(`${shape}//${'x'.repeat(70_000)}`);
  const all = [small, commented, table, large];
  const found = new Set([table.sha256, large.sha256]);
  expect(await modulesWithData(all)).toEqual(found);
  await execute(sql`delete from modules`); // a module never changes under its sha256, so nothing is read twice
  expect(await modulesWithData(all)).toEqual(found);
  expect(await modulesWithData([])).toEqual(new Set());
});

it('has a text read by the threads that check modules, and asks the caller to come again where they are busy', async () => {
  const table = await store(`${shape}const other = '${'x'.repeat(6000)}';`);
  vi.mocked(checkBeside).mockRejectedValueOnce(new AppError('module-refused', 'It took more than 2 s.'));
  await expect(modulesWithData([table])).rejects.toMatchObject({ code: 'unavailable' });
  expect(await modulesWithData([table])).toEqual(new Set([table.sha256]));
  expect(checkBeside).toHaveBeenCalledTimes(2);
});
