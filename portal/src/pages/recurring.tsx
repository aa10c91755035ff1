import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import type { PortalGetRecurring } from "../api.generated.ts";
import { call } from "../api.ts";
import { client, queries } from "../queries.ts";
import { useSpeech } from "../speech.tsx";
import { Act, Card, Empty, Failure, Page, Status, Sum, Unready } from "../ui/parts.tsx";
import { Table } from "../ui/table.tsx";

const link = "font-semibold underline-offset-4 hover:underline";

/** What comes again and again: how often, when next, how much. */
export function Recurring() {
  const { words, money, shortDay } = useSpeech();
  const { data, error, refetch } = useQuery(queries.recurring());
  if (error || !data) {
    return <Unready title={words.recurring} error={error} retry={() => void refetch()} />;
  }
  return (
    <Page title={words.recurring}>
      {data.docs.length === 0 ? (
        <Empty title={words.noRecurring} more={words.noRecurringMore} />
      ) : (
        <Table
          label={words.recurring}
          rows={data.docs}
          columns={[
            {
              head: words.item,
              cell: (row) => (
                <Link to="/recurring/$id" params={{ id: row.id }} className={link}>
                  {row.isRetainer ? words.retainer : words.invoice}
                  <span className="block text-xs font-normal text-soft">
                    {words.every[row.frequency]}
                  </span>
                </Link>
              ),
            },
            {
              head: words.nextDate,
              cell: (row) => (row.nextOn && row.status === "Active" ? shortDay(row.nextOn) : "–"),
            },
            {
              head: words.leftOver,
              cell: (row) => row.cyclesLeft ?? words.endless,
              isExtra: true,
            },
            {
              head: words.amount,
              cell: (row) => money(row.amount, row.currency),
              isNumber: true,
            },
            { head: words.status, cell: (row) => <Status status={row.status} />, isExtra: true },
          ]}
        />
      )}
    </Page>
  );
}

export function RecurringOne() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { words, money, day } = useSpeech();
  const { data, error, refetch } = useQuery(queries.recurringOne(id));
  if (error || !data) {
    return <Unready title={words.recurring} error={error} retry={() => void refetch()} />;
  }
  const title = `${data.isRetainer ? words.retainer : words.invoice} ${words.every[data.frequency]}`;
  return (
    <Page title={title} aside={<Status status={data.status} />}>
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Card>
          <Sum label={words.amount} value={money(data.amount, data.currency)} strong />
          {data.startOn !== data.nextOn && <Sum label={words.started} value={day(data.startOn)} />}
          {data.nextOn && data.status === "Active" && (
            <Sum label={words.nextDate} value={day(data.nextOn)} />
          )}
          <Sum label={words.leftOver} value={String(data.cyclesLeft ?? words.endless)} />
        </Card>
        <AutoBill recurring={data} />
      </div>
      <Made id={id} />
    </Page>
  );
}

/** Whose choice it is stands beside it; where it is the contact's, one click changes it. */
function AutoBill({ recurring }: { recurring: PortalGetRecurring }) {
  const { words } = useSpeech();
  const { id, autoBillActive, autoBillOn, mayChoose, status } = recurring;
  const choosing = useMutation({
    mutationFn: () =>
      call("POST", `/recurring-invoices/${id}/auto-bill`, { enabled: !autoBillActive }),
    onSuccess: () => client.invalidateQueries(),
  });
  const how = autoBillOn === "due" ? words.chargedDue : words.chargedOn;
  return (
    <Card title={words.charged}>
      <p className="text-soft">{autoBillActive ? how : words.notChargedAuto}</p>
      {!mayChoose && autoBillActive && (
        <p className="mt-2 text-xs text-soft">{words.fixedByAgency}</p>
      )}
      {mayChoose && status !== "Completed" && (
        <Act
          look={autoBillActive ? "quiet" : "primary"}
          className="mt-4"
          onPress={() => choosing.mutate()}
          isDisabled={choosing.isPending}
        >
          {autoBillActive ? words.switchOff : words.switchOn}
        </Act>
      )}
      {choosing.error && <Failure error={choosing.error} />}
    </Card>
  );
}

function Made({ id }: { id: string }) {
  const { words, money, shortDay } = useSpeech();
  const { data } = useQuery(queries.made(id));
  if (!data || data.docs.length === 0) return null;
  return (
    <section className="mt-8">
      <h2 className="mb-3">{words.madeOfIt}</h2>
      <Table
        label={words.madeOfIt}
        rows={data.docs}
        columns={[
          {
            head: words.number,
            cell: (row) => (
              <Link to="/invoices/$id" params={{ id: row.id }} className={link}>
                {row.number}
              </Link>
            ),
          },
          { head: words.date, cell: (row) => shortDay(row.date), isExtra: true },
          { head: words.total, cell: (row) => money(row.total, row.currency), isNumber: true },
          {
            head: words.status,
            cell: (row) => <Status status={row.status} isOverdue={row.isOverdue} />,
          },
        ]}
      />
    </section>
  );
}
