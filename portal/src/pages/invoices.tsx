import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { PortalListInvoices } from "../api.generated.ts";
import { queries } from "../queries.ts";
import { useSpeech } from "../speech.tsx";
import { Empty, Failure, Loading, Page, Status } from "../ui/parts.tsx";
import { type Column, Table } from "../ui/table.tsx";
import { ChosenInvoices } from "./chosen-invoices.tsx";

type Row = PortalListInvoices["docs"][number];

export function Invoices() {
  const { words } = useSpeech();
  const [status, setStatus] = useState("");
  const { data, error, refetch } = useQuery(queries.invoices(status));
  const filters = [
    ["", words.all],
    ["unpaid", words.unpaid],
    ["overdue", words.late],
    ["paid", words.paid],
  ] as const;
  return (
    <Page title={words.invoices}>
      <fieldset className="mb-4 flex flex-wrap gap-2">
        <legend className="sr-only">{words.status}</legend>
        {filters.map(([value, label]) => (
          <button
            key={value}
            type="button"
            aria-pressed={status === value}
            onClick={() => setStatus(value)}
            className="min-h-9 cursor-pointer rounded-full border border-line bg-paper px-4 text-xs aria-pressed:border-accent aria-pressed:font-semibold aria-pressed:text-accent"
          >
            {label}
          </button>
        ))}
      </fieldset>
      {error ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : data ? (
        <List rows={data.docs} />
      ) : (
        <Loading />
      )}
    </Page>
  );
}

function List({ rows }: { rows: readonly Row[] }) {
  const { words, money, shortDay } = useSpeech();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  if (rows.length === 0) return <Empty title={words.noInvoices} more={words.noInvoicesMore} />;
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const box: Column<Row> = {
    head: words.choose,
    isQuiet: true,
    cell: (row) => (
      <input
        type="checkbox"
        aria-label={`${words.choose} ${row.number}`}
        checked={chosen.has(row.id)}
        onChange={() => toggle(row.id)}
        className="block size-5 accent-(--accent)"
      />
    ),
  };
  const columns: Column<Row>[] = [
    {
      head: words.number,
      cell: (row) => (
        <Link
          to="/invoices/$id"
          params={{ id: row.id }}
          className="font-semibold underline-offset-4 hover:underline"
        >
          {row.number}
        </Link>
      ),
    },
    { head: words.date, cell: (row) => shortDay(row.date), isExtra: true },
    { head: words.dueDate, cell: (row) => shortDay(row.dueDate), isExtra: true },
    {
      head: words.total,
      cell: (row) => money(row.total, row.currency),
      isNumber: true,
      isExtra: true,
    },
    { head: words.balance, cell: (row) => money(row.balance, row.currency), isNumber: true },
    { head: words.status, cell: (row) => <Status status={row.status} isOverdue={row.isOverdue} /> },
  ];
  return (
    <>
      <Table label={words.invoices} rows={rows} columns={[box, ...columns]} />
      <ChosenInvoices rows={rows.filter(({ id }) => chosen.has(id))} />
    </>
  );
}
