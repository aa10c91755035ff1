import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { PortalGetStatement } from "../api.generated.ts";
import { queries } from "../queries.ts";
import { useMe } from "../shell.tsx";
import { useSpeech } from "../speech.tsx";
import { Act, Card, Failure, Loading, Page, quietLink, Sum } from "../ui/parts.tsx";

type Report = PortalGetStatement;

const dayMs = 86_400_000;
const before = (day: string, days: number): string =>
  new Date(Date.parse(day) - days * dayMs).toISOString().slice(0, 10);

export function Statement() {
  const { words } = useSpeech();
  const { agency } = useMe();
  const year = Number(agency.today.slice(0, 4));
  const [range, setRange] = useState({ from: before(agency.today, 90), to: agency.today });
  const { data, error, refetch } = useQuery(queries.statement(range.from, range.to));
  const presets = [
    [words.last90, { from: before(agency.today, 90), to: agency.today }],
    [words.thisYear, { from: `${year}-01-01`, to: agency.today }],
    [words.lastYear, { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` }],
  ] as const;
  const input = "min-h-11 rounded-md border border-line bg-paper px-3";
  return (
    <Page
      title={words.statement}
      aside={
        <a
          className={quietLink}
          href={`/portal/statement?from=${range.from}&to=${range.to}&format=pdf`}
        >
          {words.pdf}
        </a>
      }
    >
      <div className="no-print mb-6 flex flex-wrap items-end gap-3">
        <div className="flex w-full gap-2 sm:w-auto sm:gap-3">
          {presets.map(([label, preset]) => (
            <Act
              key={label}
              look="quiet"
              className="flex-1 !px-2 whitespace-nowrap sm:!px-5"
              onPress={() => setRange(preset)}
            >
              {label}
            </Act>
          ))}
        </div>
        <label className="flex flex-1 flex-col gap-1 text-xs text-soft sm:flex-none">
          {words.from}
          <input
            type="date"
            className={input}
            value={range.from}
            max={range.to}
            onChange={(event) =>
              event.target.value && setRange({ ...range, from: event.target.value })
            }
          />
        </label>
        <label className="flex flex-1 flex-col gap-1 text-xs text-soft sm:flex-none">
          {words.to}
          <input
            type="date"
            className={input}
            value={range.to}
            min={range.from}
            onChange={(event) =>
              event.target.value && setRange({ ...range, to: event.target.value })
            }
          />
        </label>
      </div>
      {error ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : data ? (
        <Report report={data} />
      ) : (
        <Loading />
      )}
    </Page>
  );
}

interface MovementProps {
  readonly day: string;
  readonly text: string;
  readonly number?: string | null;
}

/** On a phone the day stands under what happened. */
const dated = "hidden sm:table-cell";

function Movement({ day, text, number = null }: MovementProps) {
  const { shortDay } = useSpeech();
  return (
    <td className="px-4 py-2.5">
      {text} {number && <span className="whitespace-nowrap text-soft">{number}</span>}
      <span className="block text-xs font-normal text-soft sm:hidden">{shortDay(day)}</span>
    </td>
  );
}

function Report({ report }: { report: Report }) {
  const { words, money, shortDay } = useSpeech();
  const price = (amount: number) => money(amount, report.currency);
  const balances = ({ outstanding, unapplied }: { outstanding: number; unapplied: number }) => (
    <>
      <td className="px-4 py-2.5 text-right tabular-nums">{price(outstanding)}</td>
      <td className="px-4 py-2.5 text-right tabular-nums">{price(unapplied)}</td>
    </>
  );
  return (
    <div className="grid gap-6">
      <section
        className="overflow-x-auto rounded-lg border border-line bg-paper"
        aria-label={words.statement}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it where the screen is narrow
        tabIndex={0}
      >
        <table className="w-full border-collapse">
          <thead>
            <tr className="text-xs text-soft">
              <th scope="col" className={`px-4 py-3 text-left font-medium ${dated}`}>
                {words.date}
              </th>
              <th scope="col" className="px-4 py-3 text-left font-medium">
                {words.movement}
              </th>
              {[words.amount, words.owed, words.waits].map((head) => (
                <th key={head} scope="col" className="px-4 py-3 text-right font-medium">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr className="border-t border-line text-soft">
              <td className={`px-4 py-2.5 ${dated}`}>{shortDay(report.from)}</td>
              <Movement day={report.from} text={words.opening} />
              <td />
              {balances(report.opening)}
            </tr>
            {report.lines.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: movements have no ids and never move
              <tr key={index} className="border-t border-line">
                <td className={`px-4 py-2.5 whitespace-nowrap ${dated}`}>{shortDay(line.at)}</td>
                <Movement day={line.at} text={line.text} number={line.number} />
                <td className="px-4 text-right tabular-nums">{price(line.amount)}</td>
                {balances(line)}
              </tr>
            ))}
            <tr className="border-t border-line font-semibold">
              <td className={`px-4 py-3 ${dated}`}>{shortDay(report.to)}</td>
              <Movement day={report.to} text={words.closing} />
              <td />
              {balances(report.closing)}
            </tr>
          </tbody>
        </table>
      </section>
      <div className="grid gap-6 lg:grid-cols-2">
        <Aging report={report} />
        {report.retainers.length > 0 && (
          <Card title={words.left}>
            {report.retainers.map((one) => (
              <Sum
                key={one.id}
                label={one.number}
                hint={`${price(one.drawn)} ${words.drawn} / ${price(one.funded)}`}
                value={price(one.remaining)}
              />
            ))}
          </Card>
        )}
      </div>
    </div>
  );
}

function Aging({ report: { aging, currency } }: { report: Report }) {
  const { words, money } = useSpeech();
  const rows = [
    [words.current, aging.current],
    [`1–30 ${words.days}`, aging.days1to30],
    [`31–60 ${words.days}`, aging.days31to60],
    [`61–90 ${words.days}`, aging.days61to90],
    [`90+ ${words.days}`, aging.over90],
  ] as const;
  return (
    <Card title={words.aging}>
      {rows.map(([label, amount]) => (
        <Sum key={label} label={label} value={money(amount, currency)} />
      ))}
    </Card>
  );
}
