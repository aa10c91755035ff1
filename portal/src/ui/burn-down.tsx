import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import type { PortalHome } from "../api.generated.ts";
import { type Speech, useSpeech } from "../speech.tsx";

type Retainer = PortalHome["retainers"][number];
type Point = Retainer["series"][number];

/** What is left over time: a step per payment (up) and invoice (down); the same as a table below it. */
export function BurnDown({ retainer }: { retainer: Retainer }) {
  const speech = useSpeech();
  const { words, shortDay } = speech;
  const { currency, series, lowBalance } = retainer;
  const compact = new Intl.NumberFormat(speech.locale, {
    style: "currency",
    currency,
    notation: "compact",
  });
  const data = series.map((point) => ({ ...point, time: Date.parse(point.at) }));
  return (
    <figure className="mt-6">
      <figcaption className="mb-2 text-xs text-soft">{words.overTime}</figcaption>
      <div className="h-56">
        <ResponsiveContainer width="100%" height="100%">
          <LineChart
            data={data}
            margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
            title={words.overTime}
            desc={words.chartKeys}
          >
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis
              dataKey="time"
              type="number"
              scale="time"
              domain={["dataMin", "dataMax"]}
              minTickGap={48}
              tick={{ fill: "var(--soft)", fontSize: 12 }}
              tickLine={false}
              axisLine={false}
              tickFormatter={(time: number) => shortDay(new Date(time).toISOString())}
            />
            <YAxis
              width={56}
              tick={{ fill: "var(--soft)", fontSize: 12 }}
              tickLine={false}
              axisLine={false}
              tickFormatter={(value: number) => compact.format(value)}
            />
            {lowBalance !== null && (
              <ReferenceLine y={lowBalance} stroke="var(--warn)" strokeDasharray="4 4" />
            )}
            <Tooltip
              content={({ active, payload }) =>
                active && payload?.[0] ? (
                  <Told point={payload[0].payload as Point} currency={currency} speech={speech} />
                ) : null
              }
            />
            <Line
              type="stepAfter"
              dataKey="balance"
              stroke="var(--accent)"
              strokeWidth={2}
              dot={{ r: 3.5, fill: "var(--accent)", strokeWidth: 0 }}
              isAnimationActive={false}
            />
          </LineChart>
        </ResponsiveContainer>
      </div>
      <details className="mt-2 text-xs">
        <summary className="cursor-pointer text-soft">{words.asTable}</summary>
        <table className="mt-2 w-full">
          <tbody>
            {series.map((point) => (
              <tr
                key={`${point.at}${point.number}${point.balance}`}
                className="border-t border-line"
              >
                <td className="py-1.5">{shortDay(point.at)}</td>
                <td>{point.number}</td>
                <td className="text-right tabular-nums">{speech.money(point.amount, currency)}</td>
                <td className="text-right tabular-nums">{speech.money(point.balance, currency)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

function Told({ point, currency, speech }: { point: Point; currency: string; speech: Speech }) {
  const { money, shortDay, words } = speech;
  return (
    <div
      role="status"
      className="rounded-md border border-line bg-paper px-3 py-2 text-xs shadow-lg"
    >
      <p className="font-semibold">
        {point.number} {money(point.amount, currency)}
      </p>
      <p className="text-soft">
        {shortDay(point.at)}: {money(point.balance, currency)} {words.left.toLowerCase()}
      </p>
    </div>
  );
}
