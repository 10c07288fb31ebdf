import vm from 'node:vm';
import { DefenseFailed } from '../../errors.ts';

/** What stack traces call the module. */
export const moduleFile = 'module.mjs';

/** The default export of a module's text. An import in it, however it is spelled, fails with blocked-import. */
export async function loadModule(code: string): Promise<Record<string, unknown>> {
  const block = (specifier: string): never => {
    throw new DefenseFailed('blocked-import', `The module imports '${specifier}'; a defense imports nothing.`);
  };
  const module = parse(code, block);
  await module.link(block);
  await module.evaluate();
  const { default: defense } = module.namespace as { default?: unknown };
  if (typeof defense !== 'object' || defense === null)
    throw new DefenseFailed('not-a-defense', 'The default export is no object.');
  return defense as Record<string, unknown>;
}

function parse(code: string, block: (specifier: string) => never): vm.SourceTextModule {
  try {
    return new vm.SourceTextModule(code, { identifier: moduleFile, importModuleDynamically: block });
  } catch (error) {
    throw new DefenseFailed('not-a-defense', `The module is not valid JavaScript: ${(error as Error).message}.`);
  }
}
