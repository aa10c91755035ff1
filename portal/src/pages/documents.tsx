import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { PortalGetDocument, PortalListDocuments } from "../api.generated.ts";
import { get } from "../api.ts";
import { queries } from "../queries.ts";
import { useSpeech } from "../speech.tsx";
import { Act, Empty, Failure, Loading, Page } from "../ui/parts.tsx";
import { Table } from "../ui/table.tsx";

type Row = PortalListDocuments["docs"][number];

export function Documents() {
  const { words } = useSpeech();
  const { data, error, refetch } = useQuery(queries.documents());
  return (
    <Page title={words.documents}>
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
  const { words, shortDay, bytes } = useSpeech();
  if (rows.length === 0) return <Empty title={words.noDocuments} more={words.noDocumentsMore} />;
  return (
    <Table
      label={words.documents}
      rows={rows}
      columns={[
        { head: words.file, cell: (row) => <Download {...row} /> },
        { head: words.belongsTo, cell: (row) => <Parent {...row} />, isExtra: true },
        { head: words.date, cell: (row) => shortDay(row.createdAt), isExtra: true },
        {
          head: words.size,
          cell: (row) => <span className="whitespace-nowrap">{bytes(row.size)}</span>,
          isNumber: true,
        },
      ]}
    />
  );
}

/** The link lasts for minutes, so it is asked for when it is wanted. */
function Download({ id, name }: Row) {
  const { words } = useSpeech();
  const fetching = useMutation({
    mutationFn: () => get<PortalGetDocument>(`/documents/${id}`),
    onSuccess: ({ url }) => location.assign(url),
  });
  return (
    <>
      <Act
        look="plain"
        className="-mx-1 justify-start text-left font-semibold text-ink! wrap-anywhere"
        aria-label={`${words.download} ${name}`}
        onPress={() => fetching.mutate()}
        isDisabled={fetching.isPending}
      >
        {name}
      </Act>
      {fetching.error && <Failure error={fetching.error} />}
    </>
  );
}

const places = {
  invoice: "/invoices/$id",
  quote: "/quotes/$id",
  payment: "/payments/$id",
} as const;

function Parent({ attachedTo }: Row) {
  const { words } = useSpeech();
  if (!attachedTo) return "–";
  const { kind, id, number } = attachedTo;
  return (
    <Link to={places[kind]} params={{ id }} className="underline-offset-4 hover:underline">
      {words[kind]} {number}
    </Link>
  );
}
