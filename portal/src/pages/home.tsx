import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import type { PortalHome } from "../api.generated.ts";
import { queries } from "../queries.ts";
import { useMe } from "../shell.tsx";
import { useSpeech } from "../speech.tsx";
import { Bar, Card, Empty, Failure, Loading, linkLook, quietLink } from "../ui/parts.tsx";

const BurnDown = lazy(async () => ({ default: (await import("../ui/burn-down.tsx")).BurnDown }));

type Retainer = PortalHome["retainers"][number];

export function Home() {
  const { words } = useSpeech();
  const { data, error, refetch } = useQuery(queries.home());
  return (
    <>
      <h1 className="sr-only">{words.home}</h1>
      {error ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : data ? (
        <Cards home={data} />
      ) : (
        <Loading />
      )}
    </>
  );
}

function Cards({ home }: { home: PortalHome }) {
  const { words } = useSpeech();
  return (
    <div className="grid gap-6">
      {home.retainers.length === 0 && (
        <Empty title={words.noRetainer} more={words.noRetainerMore} />
      )}
      {home.retainers.map((retainer) => (
        <RetainerCard key={retainer.currency} retainer={retainer} />
      ))}
      <ToPay rows={home.toPay} />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <ComingUp rows={home.comingUp} />
        <Recent rows={home.recent} />
      </div>
    </div>
  );
}

function RetainerCard({ retainer }: { retainer: Retainer }) {
  const { words, money, day } = useSpeech();
  const { modules } = useMe();
  const { currency, remaining, drawn, lastsUntil, series } = retainer;
  const whole = remaining + drawn;
  return (
    <Card>
      <div className="flex flex-wrap items-start justify-between gap-4">
        <div>
          <h2 className="text-soft">
            {words.left} <span className="text-xs font-normal">({words.leftSmall})</span>
          </h2>
          <p className="mt-1 text-3xl leading-tight font-semibold tracking-tight tabular-nums">
            {money(remaining, currency)}
          </p>
          {lastsUntil && (
            <p className="text-soft">
              {words.lasts} {day(lastsUntil)}
            </p>
          )}
        </div>
        {modules.prePayment && (
          <Link to="/prepayment" className={quietLink}>
            {words.addTo}
          </Link>
        )}
      </div>
      <div className="mt-5">
        <Bar part={drawn} whole={whole} label={`${money(drawn, currency)} ${words.drawn}`} />
        <div className="mt-1.5 flex justify-between text-xs text-soft">
          <span>
            {money(drawn, currency)} {words.drawn}
          </span>
          <span>{money(whole, currency)}</span>
        </div>
      </div>
      {series.length > 1 && (
        <Suspense fallback={<div className="skeleton mt-6 h-56" />}>
          <BurnDown retainer={retainer} />
        </Suspense>
      )}
    </Card>
  );
}

function ToPay({ rows }: { rows: PortalHome["toPay"] }) {
  const { words, money, day } = useSpeech();
  return (
    <Card title={words.toPay}>
      {rows.length === 0 && <p className="text-soft">{words.nothingToPay}</p>}
      <ul className="divide-y divide-line">
        {rows.map((row) => (
          <li
            key={row.id}
            className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3"
          >
            <div className="min-w-0">
              <Link
                to="/invoices/$id"
                params={{ id: row.id }}
                className="font-semibold underline-offset-4 hover:underline"
              >
                {row.number}
              </Link>
              <span className="text-soft">
                {" "}
                {words.for} {row.about}
              </span>
              <span
                className={`block text-xs ${row.isOverdue ? "font-semibold text-bad" : "text-soft"}`}
              >
                {row.isOverdue ? words.overdue : words.due} {day(row.dueDate)}
              </span>
            </div>
            <Link to="/invoices/$id" params={{ id: row.id }} className={linkLook}>
              {words.pay} {money(row.balance, row.currency)}
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function ComingUp({ rows }: { rows: PortalHome["comingUp"] }) {
  const { words, money, day } = useSpeech();
  return (
    <Card title={words.comingUp}>
      {rows.length === 0 && <p className="text-soft">{words.nothingComing}</p>}
      {rows.map((row) => (
        <div key={row.id} className="flex justify-between gap-4 py-1.5">
          <span>
            {day(row.on)}
            <span className="block text-xs text-soft">{row.note}</span>
          </span>
          <span className="tabular-nums">{money(row.amount, row.currency)}</span>
        </div>
      ))}
    </Card>
  );
}

function Recent({ rows }: { rows: PortalHome["recent"] }) {
  const { words, money, shortDay } = useSpeech();
  return (
    <Card title={words.recent}>
      {rows.length === 0 && <p className="text-soft">{words.nothingYet}</p>}
      {rows.map((row) => (
        <div
          key={`${row.at}${row.type}${row.subject}`}
          className="flex justify-between gap-4 py-1.5"
        >
          <span>
            {happened(row, words)}
            <span className="block text-xs text-soft">{shortDay(row.at)}</span>
          </span>
          {row.amount !== null && row.currency && (
            <span className="tabular-nums">{money(row.amount, row.currency)}</span>
          )}
        </div>
      ))}
    </Card>
  );
}

function happened(
  { subject, number }: PortalHome["recent"][number],
  words: ReturnType<typeof useSpeech>["words"],
): string {
  const kinds: Record<string, string> = {
    inv: words.invoice,
    quo: words.quote,
    pay: words.payment,
    crd: words.credit,
  };
  const kind = number?.startsWith("RET") ? words.retainer : (kinds[subject.slice(0, 3)] ?? "");
  return `${kind} ${number ?? ""}`.trim();
}
