import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

let own: string[] | undefined;

/**
 * The shared libraries of this very Node, and of `more` those that lie beside them, by the paths under which the loader
 * asks for them.
 */
export function sharedLibraries(more: readonly string[]): string[] {
  own ??= loadedLibraries();
  const folders = new Set(own.map((path) => dirname(path)));
  const beside = [...folders].flatMap((folder) => more.map((name) => join(folder, name)));
  return [...new Set([...own, ...beside])].filter((path) => existsSync(path));
}

function loadedLibraries(): string[] {
  const report = process.report as typeof process.report & { excludeNetwork: boolean };
  report.excludeNetwork = true; // else it asks the resolver for names
  const { sharedObjects } = report.getReport() as { sharedObjects?: string[] };
  return (sharedObjects ?? []).filter((path) => /^(\/usr)?\/lib/.test(path) && !path.endsWith('.node'));
}
