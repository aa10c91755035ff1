import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { queries } from "../queries.ts";
import { useSpeech } from "../speech.tsx";
import { Empty, Page, Status, Unready } from "../ui/parts.tsx";
import { Table } from "../ui/table.tsx";

export function Quotes() {
  const { words, money, shortDay } = useSpeech();
  const { data, error, refetch } = useQuery(queries.quotes());
  if (error || !data) {
    return <Unready title={words.quotes} error={error} retry={() => void refetch()} />;
  }
  return (
    <Page title={words.quotes}>
      {data.docs.length === 0 ? (
        <Empty title={words.noQuotes} more={words.noQuotesMore} />
      ) : (
        <Table
          label={words.quotes}
          rows={data.docs}
          columns={[
            {
              head: words.number,
              cell: (row) => (
                <Link
                  to="/quotes/$id"
                  params={{ id: row.id }}
                  className="font-semibold underline-offset-4 hover:underline"
                >
                  {row.number}
                </Link>
              ),
            },
            { head: words.date, cell: (row) => shortDay(row.date), isExtra: true },
            { head: words.validUntil, cell: (row) => shortDay(row.validUntil), isExtra: true },
            { head: words.total, cell: (row) => money(row.total, row.currency), isNumber: true },
            { head: words.status, cell: (row) => <Status status={row.status} /> },
          ]}
        />
      )}
    </Page>
  );
}
