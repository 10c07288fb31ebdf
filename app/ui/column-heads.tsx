/** The head of a plain table: one line of column names. */
export const ColumnHeads = ({ names }: { names: readonly string[] }) => (
  <thead className="border-b border-rule text-left">
    <tr>
      {names.map((name) => (
        <th key={name} scope="col" className="py-1.5 pr-5 align-bottom font-semibold whitespace-nowrap">
          {name}
        </th>
      ))}
    </tr>
  </thead>
);
