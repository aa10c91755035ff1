import type { ReactNode } from "react";

export interface Column<T> {
  readonly head: string;
  readonly cell: (row: T) => ReactNode;
  readonly isNumber?: boolean;
  /** The head is only read out. */
  readonly isQuiet?: boolean;
  /** Left out on a phone. */
  readonly isExtra?: boolean;
}

export function Table<T extends { readonly id: string }>({
  label,
  columns,
  rows,
}: {
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
}) {
  const side = ({ isNumber, isExtra }: Column<T>): string =>
    `${isNumber ? "text-right tabular-nums" : "text-left"} ${isExtra ? "hidden sm:table-cell" : ""}`;
  return (
    <div className="overflow-x-auto rounded-lg border border-line bg-paper">
      <table className="w-full border-collapse" aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.head}
                scope="col"
                className={`px-3 py-3 text-xs sm:px-4 font-medium text-soft ${side(column)}`}
              >
                {column.isQuiet ? <span className="sr-only">{column.head}</span> : column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className="border-t border-line">
              {columns.map((column) => (
                <td
                  key={column.head}
                  className={`px-3 py-3 whitespace-nowrap sm:px-4 ${side(column)}`}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
