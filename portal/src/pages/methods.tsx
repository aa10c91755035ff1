import { useMutation, useQuery } from "@tanstack/react-query";
import { call } from "../api.ts";
import { client, queries } from "../queries.ts";
import { useSpeech } from "../speech.tsx";
import { type Method, methodName } from "../ui/method.tsx";
import { Act, Empty, Failure, Page, Unready } from "../ui/parts.tsx";

export function Methods() {
  const { words } = useSpeech();
  const { data, error, refetch } = useQuery(queries.methods());
  const adding = useMutation({
    mutationFn: () => call<{ url: string }>("POST", "/payment-methods"),
    onSuccess: ({ url }) => location.assign(url),
  });
  if (error || !data) {
    return <Unready title={words.methods} error={error} retry={() => void refetch()} />;
  }
  return (
    <Page
      title={words.methods}
      aside={
        data.canAdd && (
          <Act onPress={() => adding.mutate()} isDisabled={adding.isPending}>
            {words.addMethod}
          </Act>
        )
      }
    >
      {adding.error && <Failure error={adding.error} />}
      {data.docs.length === 0 && <Empty title={words.noMethods} more={words.noMethodsMore} />}
      <ul className="grid gap-3">
        {data.docs.map((method) => (
          <Row key={method.id} method={method} />
        ))}
      </ul>
    </Page>
  );
}

function Row({ method }: { method: Method }) {
  const { words } = useSpeech();
  const done = { onSuccess: () => client.invalidateQueries() };
  const choosing = useMutation({
    mutationFn: () => call("POST", `/payment-methods/${method.id}/default`),
    ...done,
  });
  const removing = useMutation({
    mutationFn: () => call("DELETE", `/payment-methods/${method.id}`),
    ...done,
  });
  const { expMonth, expYear, isExpired, expiresSoon, isDefault } = method;
  const failure = choosing.error ?? removing.error;
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 rounded-lg border border-line bg-paper p-4">
      <div>
        <span className="font-semibold">{methodName(method)}</span>
        {isDefault && (
          <span className="ml-3 text-xs font-semibold text-accent">{words.default}</span>
        )}
        {expYear && (
          <span
            className={`block text-xs ${isExpired ? "text-bad" : expiresSoon ? "text-warn" : "text-soft"}`}
          >
            {isExpired ? words.expired : expiresSoon ? words.expiresSoon : words.expires}{" "}
            {String(expMonth).padStart(2, "0")}/{expYear}
          </span>
        )}
      </div>
      <div className="flex gap-4">
        {!isDefault && (
          <Act look="plain" onPress={() => choosing.mutate()} isDisabled={choosing.isPending}>
            {words.makeDefault}
          </Act>
        )}
        <Act
          look="plain"
          aria-label={`${words.remove} ${methodName(method)}`}
          onPress={() => removing.mutate()}
          isDisabled={removing.isPending}
        >
          {words.remove}
        </Act>
      </div>
      {failure && <Failure error={failure} />}
    </li>
  );
}
