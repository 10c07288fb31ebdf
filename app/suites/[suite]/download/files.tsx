import { bytes } from '@/app/ui/numbers.ts';
import { ScrollTable } from '@/app/ui/scroll-table.tsx';
import type { SuiteFile } from '@/lib/suite-store.ts';

/** More files than this are folded, a scenario at a time; all of them are in the page, for the browser's own search. */
const shownAtOnce = 40;

/** Every file of the suite: its own first, then those of each scenario. */
export function FileList({ suite, files }: { suite: string; files: readonly SuiteFile[] }) {
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
                {inside.length} {inside.length === 1 ? 'file' : 'files'}, {bytes(inside.reduce((sum, file) => sum + file.bytes, 0))}
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

function FileTable({ suite, title, files }: { suite: string; title: string; files: readonly SuiteFile[] }) {
  return (
    <ScrollTable label={title}>
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">{title}</caption>
        <thead className="border-b border-rule text-left">
          <tr>
            <th scope="col" className="py-1.5 pr-5 font-semibold">
              Path
            </th>
            <th scope="col" className="py-1.5 pr-5 text-right font-semibold">
              Bytes
            </th>
            <th scope="col" className="py-1.5 font-semibold">
              sha256
            </th>
          </tr>
        </thead>
        <tbody>
          {files.map(({ path, bytes: size, sha256 }) => (
            <tr key={path} className="border-b border-line align-top">
              <th scope="row" className="py-1.5 pr-5 text-left font-normal whitespace-nowrap">
                <a className="link" href={`/api/v1/suites/${suite}/files/${path}`}>
                  {path}
                </a>
              </th>
              <td className="py-1.5 pr-5 text-right">{size.toLocaleString('en-US')}</td>
              <td className="py-1.5 font-mono text-xs leading-6">{sha256.replace('sha256:', '')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollTable>
  );
}
