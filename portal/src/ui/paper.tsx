import type { PortalGetInvoice, PortalGetQuote } from "../api.generated.ts";
import { useMe } from "../shell.tsx";
import { useSpeech } from "../speech.tsx";
import { Sum } from "./parts.tsx";

type Paper = PortalGetInvoice | PortalGetQuote;

/** The document as its PDF shows it. */
export function PaperView({ paper, kind }: { paper: Paper; kind: string }) {
  const { words, money, number, day } = useSpeech();
  const { agency, customer } = useMe();
  const price = (amount: number) => money(amount, paper.currency);
  return (
    <article className="rounded-lg border border-line bg-paper p-5 sm:p-8">
      <header className="flex flex-wrap justify-between gap-4">
        <div>
          <p className="text-xs text-soft">{words.from}</p>
          <p className="font-semibold">{agency.name}</p>
          <p className="whitespace-pre-line text-xs text-soft">{agency.address}</p>
        </div>
        <div className="sm:text-right">
          <p className="text-xl font-semibold tracking-tight">
            {kind} {paper.number}
          </p>
          <p className="text-xs text-soft">{day(paper.date)}</p>
          {paper.period && (
            <p className="text-xs text-soft">
              {day(paper.period.from)} – {day(paper.period.to)}
            </p>
          )}
          {paper.poNumber && <p className="text-xs text-soft">PO {paper.poNumber}</p>}
        </div>
      </header>
      <p className="mt-5 text-xs text-soft">{words.to}</p>
      <p>{paper.billTo?.company ?? customer.name}</p>
      {paper.header && <p className="mt-4 whitespace-pre-line">{paper.header}</p>}
      <table className="mt-6 w-full border-collapse">
        <thead>
          <tr className="text-xs text-soft">
            <th scope="col" className="py-2 text-left font-medium">
              {words.item}
            </th>
            <th scope="col" className="hidden py-2 text-right font-medium sm:table-cell">
              {words.quantity}
            </th>
            <th scope="col" className="hidden py-2 text-right font-medium sm:table-cell">
              {words.price}
            </th>
            <th scope="col" className="py-2 text-right font-medium">
              {words.amount}
            </th>
          </tr>
        </thead>
        <tbody>
          {paper.items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no ids and never move
            <tr key={index} className="border-t border-line align-top">
              <td className="py-2.5 pr-4">
                {item.name}
                {item.description && (
                  <span className="block whitespace-pre-line text-xs text-soft">
                    {item.description}
                  </span>
                )}
                <span className="block text-xs text-soft sm:hidden">
                  {number(item.quantity)} × {price(item.price)}
                </span>
              </td>
              <td className="hidden py-2.5 text-right tabular-nums sm:table-cell">
                {number(item.quantity)}
              </td>
              <td className="hidden py-2.5 text-right tabular-nums sm:table-cell">
                {price(item.price)}
              </td>
              <td className="py-2.5 text-right tabular-nums">{price(item.total)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="mt-4 ml-auto max-w-80 border-t border-line pt-3">
        {paper.subTotal !== paper.total && (
          <Sum label={words.subTotal} value={price(paper.subTotal)} />
        )}
        {paper.discountTotal > 0 && (
          <Sum label={words.discount} value={`−${price(paper.discountTotal)}`} />
        )}
        {paper.taxTotals.map((tax) => (
          <Sum
            key={`${tax.name}${tax.rate}`}
            label={`${tax.name} ${number(tax.rate)} %`}
            value={price(tax.amount)}
          />
        ))}
        {paper.extraCharges.map((extra) => (
          <Sum key={extra.name} label={extra.name} value={price(extra.amount)} />
        ))}
        <Sum label={words.total} value={price(paper.total)} strong />
      </div>
      {[paper.terms, paper.notes].map(
        (text) =>
          text && (
            <p key={text} className="mt-6 whitespace-pre-line text-xs text-soft">
              {text}
            </p>
          ),
      )}
    </article>
  );
}
