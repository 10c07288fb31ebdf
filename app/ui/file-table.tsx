import type { ListedFile } from '@/lib/contract/manifest.ts';
import { ColumnHeads } from './column-heads.tsx';
import { ScrollTable } from './scroll-table.tsx';

/** Files of a built suite, each a link to its bytes. */
export function FileTable({ suite, title, files }: { suite: string; title: string; files: readonly ListedFile[] }) {
  return (
    <ScrollTable label={title}>
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">{title}</caption>
        <ColumnHeads names={['Path', 'Bytes', 'sha256']} />
        <tbody>
          {files.map(({ path, bytes, sha256 }) => (
            <tr key={path} className="border-b border-line align-top">
              <th scope="row" className="py-1.5 pr-5 text-left font-normal whitespace-nowrap">
                <a className="link" href={`/api/v1/suites/${suite}/files/${path}`}>
                  {path}
                </a>
              </th>
              <td className="py-1.5 pr-5">{bytes.toLocaleString('en-US')}</td>
              <td className="py-1.5 font-mono text-xs leading-6">{sha256.replace('sha256:', '')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollTable>
  );
}
