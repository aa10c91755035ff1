import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { call } from "../api.ts";
import { client, queries } from "../queries.ts";
import { useMe } from "../shell.tsx";
import { useSpeech } from "../speech.tsx";
import { Act, Card, Failure, Field, Page, Status } from "../ui/parts.tsx";

const pick = "min-h-11 w-full rounded-md border border-line bg-paper px-3 text-lg text-ink";

export function Prepayment() {
  const { words } = useSpeech();
  return (
    <Page title={words.prepay}>
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Card>
          <Send />
        </Card>
        <Planned />
      </div>
    </Page>
  );
}

function Send() {
  const { words, money } = useSpeech();
  const { prePayment, customer } = useMe();
  const [text, setText] = useState("");
  const [note, setNote] = useState("");
  const [repeats, setRepeats] = useState(false);
  const [frequency, setFrequency] = useState("monthly");
  const [cycles, setCycles] = useState("");
  const amount = Number(text.replace(",", "."));
  const isAmount = Number.isFinite(amount) && amount > 0;
  const sum = money(isAmount ? amount : 0, customer.currency);
  const count = cycles === "" ? null : Number(cycles);
  const sending = useMutation({
    mutationFn: () =>
      call<{ url: string }>("POST", "/prepayments", {
        amount,
        note,
        ...(repeats ? { recurring: { frequency, cycles: count } } : {}),
      }),
    onSuccess: ({ url }) => location.assign(url),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isAmount) sending.mutate();
  };
  const times = count === null ? words.untilCanceled : words.times(count);
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <p className="text-soft">{words.prepayIntro}</p>
      <Field
        label={`${words.amount} (${customer.currency})`}
        inputMode="decimal"
        isRequired
        value={text}
        onChange={setText}
        hint={
          prePayment.minimum > 0
            ? `${words.minimum} ${money(prePayment.minimum, customer.currency)}.`
            : undefined
        }
      />
      <Field label={words.note} value={note} onChange={setNote} maxLength={500} />
      {prePayment.recurring && (
        <label className="flex items-center gap-3">
          <input
            type="checkbox"
            checked={repeats}
            onChange={() => setRepeats(!repeats)}
            className="size-5 accent-(--accent)"
          />
          {words.repeat}
        </label>
      )}
      {repeats && (
        <div className="grid grid-cols-2 gap-3">
          <label className="flex flex-col gap-1.5 text-xs font-medium text-soft">
            {words.howOften}
            <select
              value={frequency}
              onChange={(event) => setFrequency(event.target.value)}
              className={pick}
            >
              {Object.entries(words.every).map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </label>
          <label className="flex flex-col gap-1.5 text-xs font-medium text-soft">
            {words.howMany}
            <select
              value={cycles}
              onChange={(event) => setCycles(event.target.value)}
              className={pick}
            >
              <option value="">{words.untilCanceled}</option>
              {[2, 3, 4, 6, 12, 24].map((n) => (
                <option key={n} value={n}>
                  {words.times(n)}
                </option>
              ))}
            </select>
          </label>
        </div>
      )}
      {isAmount && (
        <p className="rounded-md bg-tint px-4 py-3">
          {repeats
            ? words.chargeRepeat(sum, words.every[frequency] ?? "", times)
            : words.charge(sum)}
        </p>
      )}
      <Act type="submit" isDisabled={!isAmount || sending.isPending}>
        {isAmount ? words.continuePay(sum) : words.goOn}
      </Act>
      <p className="text-xs text-soft">{words.stripeNote}</p>
      {sending.error && <Failure error={sending.error} isPayment />}
    </form>
  );
}

function Planned() {
  const { words, money, day } = useSpeech();
  const { data } = useQuery(queries.prepayments());
  const canceling = useMutation({
    mutationFn: (id: string) => call("POST", `/prepayments/${id}/cancel`),
    onSuccess: () => client.invalidateQueries(),
  });
  const repeating = data?.docs.filter(({ frequency }) => frequency !== null) ?? [];
  if (repeating.length === 0) return null;
  return (
    <Card title={words.planned}>
      {repeating.map((one) => (
        <div
          key={one.id}
          className="flex flex-wrap items-center justify-between gap-3 border-t border-line py-3"
        >
          <div>
            <span className="font-semibold tabular-nums">{money(one.amount, one.currency)}</span>{" "}
            {words.every[one.frequency ?? ""]}
            <span className="block text-xs text-soft">
              <Status status={one.status} /> {one.nextOn && `${words.next} ${day(one.nextOn)}`}
            </span>
          </div>
          {one.status === "Active" && (
            <Act
              look="plain"
              onPress={() => canceling.mutate(one.id)}
              isDisabled={canceling.isPending}
            >
              {words.cancel}
            </Act>
          )}
        </div>
      ))}
      {canceling.error && <Failure error={canceling.error} />}
    </Card>
  );
}
