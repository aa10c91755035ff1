import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { queries } from "../queries.ts";
import { useSpeech } from "../speech.tsx";
import { Empty, Page, Status, Unready } from "../ui/parts.tsx";
import { Table } from "../ui/table.tsx";

export function Payments() {
  const { words, money, shortDay } = useSpeech();
  const { data, error, refetch } = useQuery(queries.payments());
  if (error || !data) {
    return <Unready title={words.payments} error={error} retry={() => void refetch()} />;
  }
  return (
    <Page title={words.payments}>
      {data.docs.length === 0 ? (
        <Empty title={words.noPayments} more={words.noPaymentsMore} />
      ) : (
        <Table
          label={words.payments}
          rows={data.docs}
          columns={[
            {
              head: words.number,
              cell: (row) => (
                <Link
                  to="/payments/$id"
                  params={{ id: row.id }}
                  className="font-semibold underline-offset-4 hover:underline"
                >
                  {row.number}
                </Link>
              ),
            },
            { head: words.date, cell: (row) => shortDay(row.receivedAt), isExtra: true },
            { head: words.amount, cell: (row) => money(row.amount, row.currency), isNumber: true },
            {
              head: words.leftOfIt,
              cell: (row) => money(row.unapplied, row.currency),
              isNumber: true,
              isExtra: true,
            },
            { head: words.status, cell: (row) => <Status status={row.status} /> },
          ]}
        />
      )}
    </Page>
  );
}
