import { suites } from '../../lib/catalog/suites/index.ts';

/** The suites that this version knows, newest first. */
export async function suiteList({ json }: { json?: boolean }): Promise<number> {
  if (json)
    process.stdout.write(
      `${JSON.stringify(
        suites.map(({ id, title, digest, seeds, scenarios }) => ({ id, title, digest, seeds, scenarios })),
        null,
        2,
      )}\n`,
    );
  else
    for (const { id, summary, digest } of suites)
      process.stdout.write(`${id.padEnd(12)} ${summary}\n${' '.repeat(13)}${digest}\n`);
  return 0;
}
