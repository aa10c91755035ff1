import { useQuery } from "@tanstack/react-query";
import { queries } from "../queries.ts";
import { useSpeech } from "../speech.tsx";
import { Empty, Page, Status, Unready } from "../ui/parts.tsx";
import { Table } from "../ui/table.tsx";

export function Credits() {
  const { words, money, shortDay } = useSpeech();
  const { data, error, refetch } = useQuery(queries.credits());
  if (error || !data) {
    return <Unready title={words.credits} error={error} retry={() => void refetch()} />;
  }
  return (
    <Page title={words.credits}>
      {data.docs.length === 0 ? (
        <Empty title={words.noCredits} more={words.noCreditsMore} />
      ) : (
        <Table
          label={words.credits}
          rows={data.docs}
          columns={[
            { head: words.number, cell: (row) => row.number },
            {
              head: words.amount,
              cell: (row) => money(row.amount, row.currency),
              isNumber: true,
              isExtra: true,
            },
            {
              head: words.leftOfIt,
              cell: (row) => money(row.balance, row.currency),
              isNumber: true,
            },
            {
              head: words.expires,
              cell: (row) => (row.expiresOn ? shortDay(row.expiresOn) : "–"),
              isExtra: true,
            },
            {
              head: words.status,
              cell: (row) => <Status status={row.isExpired ? "Expired" : row.status} />,
            },
          ]}
        />
      )}
    </Page>
  );
}
