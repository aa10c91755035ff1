import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { Radio, RadioGroup } from "react-aria-components";
import type { PortalGetInvoice } from "../api.generated.ts";
import { call } from "../api.ts";
import { client, queries } from "../queries.ts";
import { useMe } from "../shell.tsx";
import { useSpeech } from "../speech.tsx";
import { methodName } from "../ui/method.tsx";
import { PaperView } from "../ui/paper.tsx";
import { Act, Card, Failure, Field, Page, quietLink, Status, Sum, Unready } from "../ui/parts.tsx";
import { Trail } from "../ui/trail.tsx";

type Doc = PortalGetInvoice;

/** What was to pay when the contact left for Stripe's page: the payment has arrived when it is another sum. */
const waitKey = (id: string): string => `paying ${id}`;
const isBack = (): boolean => new URLSearchParams(location.search).has("paid");
const askEveryMs = 1_500;

export function Invoice() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { words } = useSpeech();
  const [isWaiting, setWaiting] = useState(isBack);
  const [hasPaid, setPaid] = useState(isBack);
  const { data, error, refetch } = useQuery({
    ...queries.invoice(id),
    // A saved card is charged in seconds; a bank debit stays on its way for days, and asking costs little.
    refetchInterval: ({ state }) =>
      isWaiting || state.data?.status === "Pending" ? askEveryMs : false,
  });
  if (error || !data) {
    return <Unready title={words.invoice} error={error} retry={() => void refetch()} />;
  }
  const before = sessionStorage.getItem(waitKey(id));
  const arrived =
    data.status === "Pending" ||
    data.balance === 0 ||
    (before !== null && Number(before) !== data.balance);
  if (isWaiting && arrived) setWaiting(false);
  const charged = () => {
    setPaid(true);
    setWaiting(true);
  };
  const kind = data.isRetainer ? words.retainer : words.invoice;
  return (
    <Page
      title={`${kind} ${data.number}`}
      aside={<Status status={data.status} isOverdue={data.isOverdue} />}
    >
      {hasPaid && <Waited isWaiting={isWaiting} status={data.status} />}
      <Trail trail={data.trail} currency={data.currency} here={data.id} />
      <div className="grid items-start gap-6 lg:grid-cols-[1fr_340px]">
        <div className="order-2 flex flex-col gap-6 lg:order-1">
          <PaperView paper={data} kind={kind} />
          <DrawnBy doc={data} />
        </div>
        <aside className="order-1 lg:sticky lg:top-8 lg:order-2">
          <Panel doc={data} isWaiting={isWaiting} onCharged={charged} />
        </aside>
      </div>
    </Page>
  );
}

function Waited({ isWaiting, status }: { isWaiting: boolean; status: string }) {
  const { words } = useSpeech();
  const told = isWaiting ? words.confirming : status === "Pending" ? words.onItsWay : words.thanks;
  return (
    <p role="status" className="mb-6 rounded-md border border-line bg-tint px-4 py-3 font-semibold">
      {told}
    </p>
  );
}

function Panel({
  doc,
  isWaiting,
  onCharged,
}: {
  doc: Doc;
  isWaiting: boolean;
  onCharged: () => void;
}) {
  const { words, money, day } = useSpeech();
  const { payment } = useMe();
  const price = (amount: number) => money(amount, doc.currency);
  return (
    <Card>
      <p className="text-xs text-soft">{words.toPayNow}</p>
      <p className="text-3xl leading-tight font-semibold tracking-tight tabular-nums">
        {price(doc.balance)}
      </p>
      {doc.balance > 0 && (
        <p className={doc.isOverdue ? "text-bad" : "text-soft"}>
          {doc.isOverdue ? words.overdue : words.due} {day(doc.dueDate)}
        </p>
      )}
      <div className="my-4 border-y border-line py-2">
        <Sum label={words.total} value={price(doc.total)} />
        {doc.fromRetainers.map((one) => (
          <Sum
            key={one.id}
            label={`${words.fromRetainer} ${one.number}`}
            hint={day(one.date)}
            value={`−${price(one.amount)}`}
          />
        ))}
        {[...doc.fromPayments, ...doc.fundedBy].map((one) => (
          <Sum
            key={one.id}
            label={`${words.alreadyPaid} ${one.number}`}
            value={`−${price(one.amount)}`}
          />
        ))}
        {doc.fromCredits.map((one) => (
          <Sum
            key={one.id}
            label={`${words.credit} ${one.number}`}
            value={`−${price(one.amount)}`}
          />
        ))}
      </div>
      {doc.pay && !isWaiting && <PayForm doc={doc} onCharged={onCharged} />}
      {!payment.online && doc.balance > 0 && payment.instructions && (
        <div>
          <p className="font-semibold">{words.payInstructions}</p>
          <p className="whitespace-pre-line text-soft">{payment.instructions}</p>
        </div>
      )}
      <a href={`/portal/invoices/${doc.id}/pdf`} className={`${quietLink} mt-3 w-full`}>
        {words.pdf}
      </a>
    </Card>
  );
}

function PayForm({ doc, onCharged }: { doc: Doc; onCharged: () => void }) {
  const { words, money } = useSpeech();
  const { session } = useMe();
  const saved = useQuery({
    ...queries.methods(),
    enabled: session.document === null,
    retry: false,
  });
  const methods = saved.data?.docs.filter(({ isExpired }) => !isExpired) ?? [];
  const [picked, setPicked] = useState<string>();
  const method = picked ?? methods.find(({ isDefault }) => isDefault)?.id ?? "new";
  const [part, setPart] = useState<string>();
  const [keeps, setKeeps] = useState(false);
  const amount = part === undefined ? (doc.pay?.amount ?? doc.balance) : Number(part);
  const paying = useMutation({
    mutationFn: () =>
      call<{ url?: string }>("POST", `/invoices/${doc.id}/pay`, {
        ...(part === undefined ? {} : { amount }),
        ...(method === "new" ? { save: keeps } : { paymentMethod: method }),
      }),
    onSuccess: ({ url }) => {
      sessionStorage.setItem(waitKey(doc.id), String(doc.balance));
      if (url) return location.assign(url);
      onCharged();
      return client.invalidateQueries();
    },
  });
  const mayPart = doc.pay?.minimum !== null || doc.pay?.mayOverpay;
  return (
    <div className="flex flex-col gap-3">
      {methods.length > 0 && (
        <RadioGroup
          aria-label={words.howToPay}
          value={method}
          onChange={setPicked}
          className="flex flex-col gap-2"
        >
          {methods.map((one) => (
            <Choice key={one.id} value={one.id} label={methodName(one)} />
          ))}
          <Choice value="new" label={words.newMethod} />
        </RadioGroup>
      )}
      {part !== undefined && (
        <Field
          label={words.amount}
          inputMode="decimal"
          value={part}
          onChange={setPart}
          hint={
            doc.pay?.minimum
              ? `${words.atLeast} ${money(doc.pay.minimum, doc.currency)}`
              : undefined
          }
        />
      )}
      <Act
        onPress={() => paying.mutate()}
        isDisabled={paying.isPending || !(amount > 0)}
        className="w-full"
      >
        {words.payNow} {money(Number.isFinite(amount) ? amount : 0, doc.currency)}
      </Act>
      {method === "new" && session.document === null && (
        <label className="flex items-center gap-2 text-xs text-soft">
          <input
            type="checkbox"
            checked={keeps}
            onChange={() => setKeeps(!keeps)}
            className="size-4 accent-(--accent)"
          />
          {words.keepMethod}
        </label>
      )}
      <p className="text-xs text-soft">{method === "new" ? words.stripeNote : words.savedNote}</p>
      {mayPart && part === undefined && (
        <Act look="plain" onPress={() => setPart(String(doc.balance))} className="self-start">
          {words.part}
        </Act>
      )}
      {paying.error && <Failure error={paying.error} isPayment />}
    </div>
  );
}

const Choice = ({ value, label }: { value: string; label: string }) => (
  <Radio
    value={value}
    className="flex min-h-11 cursor-pointer items-center gap-3 rounded-md border border-line px-3 data-focus-visible:outline-2 data-selected:border-accent data-selected:font-semibold"
  >
    {({ isSelected }) => (
      <>
        <span
          className={`size-4 rounded-full ${isSelected ? "border-[5px] border-accent" : "border-2 border-soft"}`}
        />
        {label}
      </>
    )}
  </Radio>
);

/** What a retainer's money was used for. */
function DrawnBy({ doc }: { doc: Doc }) {
  const { words, money, shortDay } = useSpeech();
  if (doc.drawnBy.length === 0) return null;
  const opens = new Set(doc.trail.invoices.filter((one) => one.opens).map(({ id }) => id));
  return (
    <Card title={words.drawnBy}>
      {doc.drawnBy.map(({ invoice, amount, at }) => (
        <Sum
          key={`${invoice.id}${at}`}
          label={
            opens.has(invoice.id) ? (
              <Link
                to="/invoices/$id"
                params={{ id: invoice.id }}
                className="underline underline-offset-4"
              >
                {invoice.number}
              </Link>
            ) : (
              invoice.number
            )
          }
          hint={shortDay(at)}
          value={money(amount, doc.currency)}
        />
      ))}
      {doc.retainer && (
        <Sum label={words.left} value={money(doc.retainer.remaining, doc.currency)} strong />
      )}
    </Card>
  );
}
