import { FileTable } from '@/app/ui/file-table.tsx';
import { bytes } from '@/app/ui/numbers.ts';
import type { ListedFile } from '@/lib/contract/manifest.ts';

/** More files than this are folded, a scenario at a time; all of them are in the page, for the browser's own search. */
const shownAtOnce = 40;

/** Every file of the suite: its own first, then those of each scenario. */
export function FileList({ suite, files }: { suite: string; files: readonly ListedFile[] }) {
  const folders = [...new Set(files.map(({ path }) => folderOf(path)).filter((folder) => folder !== ''))];
  return (
    <>
      <FileTable suite={suite} title={`Files of ${suite}`} files={files.filter(({ path }) => folderOf(path) === '')} />
      {folders.map((folder) => {
        const inside = files.filter(({ path }) => folderOf(path) === folder);
        return (
          <details key={folder} open={files.length <= shownAtOnce} className="border-b border-rule">
            <summary className="py-2.5 text-sm">
              <span className="font-mono text-xs">{folder}</span>
              <span className="text-soft">
                {' '}
                {inside.length} {inside.length === 1 ? 'file' : 'files'},{' '}
                {bytes(inside.reduce((sum, file) => sum + file.bytes, 0))}
              </span>
            </summary>
            <FileTable suite={suite} title={`Files of ${folder}`} files={inside} />
          </details>
        );
      })}
    </>
  );
}

const folderOf = (path: string) => (path.includes('/') ? path.split('/')[0]! : '');
