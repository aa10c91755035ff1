import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import type { PortalApproveQuote, PortalGetQuote } from "../api.generated.ts";
import { call } from "../api.ts";
import { client, queries } from "../queries.ts";
import { useMe } from "../shell.tsx";
import { useSpeech } from "../speech.tsx";
import { PaperView } from "../ui/paper.tsx";
import {
  Act,
  Card,
  Failure,
  Field,
  linkLook,
  Page,
  quietLink,
  Status,
  Unready,
} from "../ui/parts.tsx";
import { Trail } from "../ui/trail.tsx";

export function Quote() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { words, money, day } = useSpeech();
  const { data, error, refetch } = useQuery(queries.quote(id));
  if (error || !data) {
    return <Unready title={words.quote} error={error} retry={() => void refetch()} />;
  }
  return (
    <Page title={`${words.quote} ${data.number}`} aside={<Status status={data.status} />}>
      <Trail trail={data.trail} currency={data.currency} here={data.id} />
      <div className="grid items-start gap-6 lg:grid-cols-[1fr_340px]">
        <div className="order-2 lg:order-1">
          <PaperView paper={data} kind={words.quote} />
        </div>
        <aside className="order-1 lg:sticky lg:top-8 lg:order-2">
          <Card>
            <p className="text-xs text-soft">{words.total}</p>
            <p className="text-3xl leading-tight font-semibold tracking-tight tabular-nums">
              {money(data.total, data.currency)}
            </p>
            <p className="mb-4 text-soft">
              {words.validUntil} {day(data.validUntil)}
            </p>
            {data.status === "Sent" && <Answer quote={data} />}
            {data.approvedAt && (
              <p className="text-soft">
                {words.approved} {day(data.approvedAt)}
                {data.approvedBy ? `, ${data.approvedBy}` : ""}
              </p>
            )}
            {data.invoice && (
              <Link
                to="/invoices/$id"
                params={{ id: data.invoice }}
                className={`${linkLook} mt-3 w-full`}
              >
                {words.seeInvoice}
              </Link>
            )}
            <a href={`/portal/quotes/${data.id}/pdf`} className={`${quietLink} mt-3 w-full`}>
              {words.pdf}
            </a>
          </Card>
        </aside>
      </div>
    </Page>
  );
}

function Answer({ quote }: { quote: PortalGetQuote }) {
  const { words } = useSpeech();
  const { quote: rules } = useMe();
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [poNumber, setPoNumber] = useState("");
  const [terms, setTerms] = useState(false);
  const [declines, setDeclines] = useState(false);
  const [reason, setReason] = useState("");
  const approving = useMutation({
    mutationFn: () =>
      call<PortalApproveQuote>("POST", `/quotes/${quote.id}/approve`, { name, terms, poNumber }),
    onSuccess: async ({ invoice }) => {
      client.removeQueries({ queryKey: [`/quotes/${quote.id}`] });
      await client.invalidateQueries();
      if (invoice) await navigate({ to: "/invoices/$id", params: { id: invoice } });
    },
  });
  const declining = useMutation({
    mutationFn: () => call("POST", `/quotes/${quote.id}/decline`, { reason }),
    onSuccess: () => client.invalidateQueries(),
  });
  const isReady =
    (!rules.requireSignature || name.trim() !== "") &&
    (!rules.requireTerms || terms) &&
    (!rules.requirePoNumber || poNumber.trim() !== "");
  return (
    <div className="flex flex-col gap-3">
      {rules.requireSignature && (
        <Field label={words.yourName} value={name} onChange={setName} isRequired />
      )}
      {rules.requirePoNumber && (
        <Field label={words.poNumber} value={poNumber} onChange={setPoNumber} isRequired />
      )}
      {rules.requireTerms && (
        <label className="flex items-center gap-2">
          <input
            type="checkbox"
            checked={terms}
            onChange={() => setTerms(!terms)}
            className="size-5 accent-(--accent)"
          />
          {words.terms}
        </label>
      )}
      <Act onPress={() => approving.mutate()} isDisabled={!isReady || approving.isPending}>
        {words.approve}
      </Act>
      {declines && <Field label={words.reason} value={reason} onChange={setReason} />}
      <Act
        look="plain"
        onPress={() => (declines ? declining.mutate() : setDeclines(true))}
        isDisabled={declining.isPending}
      >
        {words.decline}
      </Act>
      {(approving.error ?? declining.error) && (
        <Failure error={approving.error ?? declining.error} />
      )}
    </div>
  );
}
