import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { queries } from "../queries.ts";
import { useSpeech } from "../speech.tsx";
import { Bar, Card, Page, quietLink, Status, Sum, Unready } from "../ui/parts.tsx";
import { Trail } from "../ui/trail.tsx";

export function Payment() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { words, money, day, shortDay } = useSpeech();
  const { data, error, refetch } = useQuery(queries.payment(id));
  if (error || !data) {
    return <Unready title={words.payment} error={error} retry={() => void refetch()} />;
  }
  const price = (amount: number) => money(amount, data.currency);
  return (
    <Page title={`${words.payment} ${data.number}`} aside={<Status status={data.status} />}>
      <Trail trail={data.trail} currency={data.currency} here={data.id} />
      <div className="grid max-w-2xl gap-6">
        <Card>
          <p className="text-3xl leading-tight font-semibold tracking-tight tabular-nums">
            {price(data.amount)}
          </p>
          <p className="text-soft">
            {day(data.receivedAt)}, {data.method}
            {data.retainer && (
              <>
                {" "}
                {words.for}{" "}
                <Link
                  to="/invoices/$id"
                  params={{ id: data.retainer.id }}
                  className="underline underline-offset-4"
                >
                  {data.retainer.number}
                </Link>
              </>
            )}
          </p>
          {data.failure && <p className="text-bad">{data.failure}</p>}
          <div className="mt-5">
            <Bar
              part={data.applied + data.refunded}
              whole={data.amount}
              label={`${words.leftOfIt} ${price(data.unapplied)}`}
            />
            <div className="mt-2">
              <Sum label={words.leftOfIt} value={price(data.unapplied)} strong />
            </div>
          </div>
          <a href={`/portal/payments/${data.id}/pdf`} className={`${quietLink} mt-4`}>
            {words.receipt}
          </a>
        </Card>
        <Card title={words.whatItPaid}>
          {data.applications.length === 0 && <p className="text-soft">{words.nothingApplied}</p>}
          {data.applications.map(({ invoice, amount, at }) => (
            <Sum
              key={`${invoice.id}${at}`}
              label={
                <Link
                  to="/invoices/$id"
                  params={{ id: invoice.id }}
                  className="underline underline-offset-4"
                >
                  {invoice.number}
                </Link>
              }
              hint={shortDay(at)}
              value={price(amount)}
            />
          ))}
        </Card>
        {data.refunds.length > 0 && (
          <Card title={words.refunds}>
            {data.refunds.map(({ at, amount, status }) => (
              <Sum
                key={at}
                label={words.statuses[status] ?? status}
                hint={shortDay(at)}
                value={price(amount)}
              />
            ))}
          </Card>
        )}
      </div>
    </Page>
  );
}
