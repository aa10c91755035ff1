import { useMutation, useQuery } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { call } from "../api.ts";
import { client, queries } from "../queries.ts";
import { useSpeech } from "../speech.tsx";
import { Act, Card, Failure, Field, Page, Unready } from "../ui/parts.tsx";

const languages = [
  ["en", "English"],
  ["de", "Deutsch"],
  ["fr", "Français"],
  ["es", "Español"],
] as const;

export function Profile() {
  const { words } = useSpeech();
  const { data, error, refetch } = useQuery(queries.profile());
  const saving = useMutation({
    mutationFn: (body: object) => call("PATCH", "/profile", body),
    onSuccess: () => client.invalidateQueries(),
  });
  if (error || !data) {
    return <Unready title={words.profile} error={error} retry={() => void refetch()} />;
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { address, ...fields } = Object.fromEntries(new FormData(event.currentTarget));
    saving.mutate({ ...fields, billTo: { ...known(data.customer.billTo), address } });
  };
  return (
    <Page title={words.profile}>
      <Card className="max-w-xl">
        <form onSubmit={submit} className="flex flex-col gap-4">
          <div className="grid gap-4 sm:grid-cols-2">
            <Field
              label={words.firstName}
              name="firstName"
              defaultValue={data.firstName ?? ""}
              autoComplete="given-name"
            />
            <Field
              label={words.lastName}
              name="lastName"
              defaultValue={data.lastName ?? ""}
              autoComplete="family-name"
            />
          </div>
          <Field
            label={words.email}
            name="email"
            type="email"
            isRequired
            defaultValue={data.email}
            autoComplete="email"
          />
          <label className="flex flex-col gap-1.5 text-xs font-medium text-soft">
            {words.language}
            <select
              name="lang"
              defaultValue={data.lang?.slice(0, 2) ?? ""}
              className="min-h-11 rounded-md border border-line bg-paper px-3 text-lg text-ink"
            >
              <option value="">–</option>
              {languages.map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </label>
          <Field
            label={`${words.address}, ${data.customer.name}`}
            name="address"
            defaultValue={data.customer.billTo.address ?? ""}
            autoComplete="street-address"
          />
          <Act type="submit" isDisabled={saving.isPending}>
            {words.save}
          </Act>
          {saving.isSuccess && (
            <p role="status" className="font-semibold text-good">
              {words.saved}
            </p>
          )}
          {saving.error && <Failure error={saving.error} />}
        </form>
      </Card>
    </Page>
  );
}

/** What is not set is not sent: an empty text would clear it. */
const known = (address: object): object =>
  Object.fromEntries(Object.entries(address).filter(([, value]) => value !== null));
