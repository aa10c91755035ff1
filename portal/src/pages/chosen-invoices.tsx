import { useMutation } from "@tanstack/react-query";
import type { PortalGetInvoiceZip, PortalListInvoices } from "../api.generated.ts";
import { call, get } from "../api.ts";
import { useMe } from "../shell.tsx";
import { useSpeech } from "../speech.tsx";
import { Act, Failure } from "../ui/parts.tsx";

type Row = PortalListInvoices["docs"][number];

const zipMax = 50;
const askAgainMs = 1_000;

const isPayable = ({ balance, status }: Row): boolean => balance > 0 && status !== "Pending";

/** What can be done with the chosen rows: paid, or kept as PDFs. */
export function ChosenInvoices({ rows }: { rows: readonly Row[] }) {
  const { words } = useSpeech();
  const { payment } = useMe();
  if (rows.length === 0) return null;
  const payable = payment.online ? rows.filter(isPayable) : [];
  const [first] = payable;
  const canPay = first && payable.every(({ currency }) => currency === first.currency);
  return (
    <section
      aria-label={words.selected(rows.length)}
      className="sticky bottom-20 mt-4 flex flex-wrap items-center justify-between gap-3 rounded-lg border border-line bg-paper p-4 shadow-lg lg:bottom-4"
    >
      <span className="text-soft">
        {words.selected(rows.length)}.{canPay && ` ${words.stripeNote}`}
      </span>
      <div className="flex flex-wrap items-center gap-3">
        <Zip ids={rows.map(({ id }) => id)} />
        {canPay && <Pay rows={payable} currency={first.currency} />}
      </div>
    </section>
  );
}

function Pay({ rows, currency }: { rows: readonly Row[]; currency: string }) {
  const { words, money } = useSpeech();
  const paying = useMutation({
    mutationFn: () => call<{ url: string }>("POST", "/pay", { invoices: rows.map(({ id }) => id) }),
    onSuccess: ({ url }) => location.assign(url),
  });
  const sum = rows.reduce((total, { balance }) => total + balance, 0);
  return (
    <>
      <Act onPress={() => paying.mutate()} isDisabled={paying.isPending}>
        {words.paySelected(money(sum, currency))}
      </Act>
      {paying.error && <Failure error={paying.error} isPayment />}
    </>
  );
}

/** The papers are drawn after the answer; the page asks until they are packed. */
async function zipOf(invoices: readonly string[]): Promise<PortalGetInvoiceZip> {
  let zip = await call<PortalGetInvoiceZip>("POST", "/invoices/zip", { invoices });
  while (zip.status !== "Ready") {
    await new Promise((resolve) => setTimeout(resolve, askAgainMs));
    zip = await get<PortalGetInvoiceZip>(`/invoices/zip/${zip.id}`);
  }
  return zip;
}

function Zip({ ids }: { ids: readonly string[] }) {
  const { words } = useSpeech();
  const packing = useMutation({
    mutationFn: () => zipOf(ids),
    onSuccess: ({ url }) => location.assign(url),
  });
  const tooMany = ids.length > zipMax;
  return (
    <>
      <Act look="quiet" onPress={() => packing.mutate()} isDisabled={packing.isPending || tooMany}>
        {packing.isPending ? words.packing : words.downloadPdfs}
      </Act>
      {tooMany && <span className="text-xs text-soft">{words.atMost(zipMax)}</span>}
      <span role="status" className="sr-only">
        {packing.isPending && words.packing}
      </span>
      {packing.error && <Failure error={packing.error} />}
    </>
  );
}
