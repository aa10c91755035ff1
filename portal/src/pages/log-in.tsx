import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useEffect, useState } from "react";
import { agencySlug, call, Problem } from "../api.ts";
import { client, queries } from "../queries.ts";
import { Brand, wearColour } from "../shell.tsx";
import { SpeechProvider, useSpeech } from "../speech.tsx";
import { Act, Failure, Field, Loading } from "../ui/parts.tsx";

/** Browsers keep the fragment to themselves; it leaves the address at once. */
function takeToken(): string {
  const token = new URLSearchParams(location.hash.slice(1)).get("token") ?? "";
  if (token) history.replaceState(null, "", location.pathname);
  return token;
}

/** Also of a link that is followed while this page is open: then only the fragment changes. */
function useToken(): string {
  const [token, setToken] = useState(takeToken);
  useEffect(() => {
    const take = () => {
      const next = takeToken();
      if (next) setToken(next);
    };
    take();
    addEventListener("hashchange", take);
    return () => removeEventListener("hashchange", take);
  }, []);
  return token;
}

const here = (path: string): string => `/p/${agencySlug()}/${path}`;

function Door({ children }: { children: ReactNode }) {
  const brand = useQuery(queries.brand(agencySlug()));
  useEffect(() => {
    if (!brand.data) return;
    wearColour(brand.data.color);
    document.title = brand.data.name;
  }, [brand.data]);
  return (
    <SpeechProvider locale={brand.data ? navigator.language : "en-US"}>
      <main className="mx-auto flex min-h-dvh max-w-[420px] flex-col justify-center gap-6 px-4 py-12">
        {brand.data && <Brand {...brand.data} />}
        {brand.error ? <Closed error={brand.error} /> : children}
      </main>
    </SpeechProvider>
  );
}

function Closed({ error }: { error: unknown }) {
  const { words } = useSpeech();
  return (
    <>
      <h1>{words.logIn}</h1>
      <Failure error={error} />
    </>
  );
}

const enter = async (token: string) => {
  await call("POST", "/session", { token });
  client.clear();
  location.replace(here(""));
};

export function LogIn() {
  const token = useToken();
  return <Door>{token ? <Confirm key={token} token={token} /> : <Ask />}</Door>;
}

/** A button, since programs that scan mails open every link in them. */
function Confirm({ token }: { token: string }) {
  const { words } = useSpeech();
  const entering = useMutation({ mutationFn: enter });
  if (entering.error instanceof Problem && entering.error.status === 401) return <Used />;
  return (
    <>
      <div>
        <h1>{words.welcome}</h1>
        <p className="mt-1 text-soft">{words.confirmLogIn}</p>
      </div>
      <Act onPress={() => entering.mutate(token)} isDisabled={entering.isPending}>
        {words.logIn}
      </Act>
      {entering.error && <Failure error={entering.error} />}
    </>
  );
}

function Used() {
  const { words } = useSpeech();
  return (
    <>
      <div>
        <h1>{words.badLink}</h1>
        <p className="mt-1 text-soft">{words.badLinkMore}</p>
      </div>
      <AskForm />
    </>
  );
}

function Ask() {
  const { words } = useSpeech();
  const { data } = useQuery(queries.brand(agencySlug()));
  return (
    <>
      <h1>{words.logIn}</h1>
      <AskForm />
      {data?.registration && <Register />}
    </>
  );
}

function Sent() {
  const { words } = useSpeech();
  return (
    <div role="status" className="rounded-lg border border-line bg-paper p-5">
      <p className="font-semibold">{words.linkSent}</p>
      <p className="text-soft">{words.linkSentMore}</p>
    </div>
  );
}

function AskForm() {
  const { words } = useSpeech();
  const [email, setEmail] = useState("");
  const ask = useMutation({
    mutationFn: () => call("POST", "/session/link", { agency: agencySlug(), email: email.trim() }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask.mutate();
  };
  if (ask.isSuccess) return <Sent />;
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <Field
        label={words.email}
        type="email"
        name="email"
        autoComplete="email"
        isRequired
        value={email}
        onChange={setEmail}
      />
      <Act type="submit" isDisabled={ask.isPending}>
        {words.sendLink}
      </Act>
      {ask.error && <Failure error={ask.error} />}
    </form>
  );
}

function Register() {
  const { words } = useSpeech();
  const register = useMutation({
    mutationFn: (form: FormData) =>
      call("POST", "/register", { agency: agencySlug(), ...Object.fromEntries(form) }),
  });
  if (register.isSuccess) return <Sent />;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    register.mutate(new FormData(event.currentTarget));
  };
  return (
    <details className="border-t border-line pt-4">
      <summary className="cursor-pointer font-semibold">{words.register}</summary>
      <form onSubmit={submit} className="mt-4 flex flex-col gap-4">
        <Field label={words.firstName} name="firstName" autoComplete="given-name" isRequired />
        <Field label={words.lastName} name="lastName" autoComplete="family-name" isRequired />
        <Field label={words.company} name="company" autoComplete="organization" />
        <Field label={words.email} name="email" type="email" autoComplete="email" isRequired />
        <Act look="quiet" type="submit" isDisabled={register.isPending}>
          {words.sendLink}
        </Act>
        {register.error && <Failure error={register.error} />}
      </form>
    </details>
  );
}

/** A document mail's own link opens that document, again and again. */
export function OpenDocument() {
  const token = useToken();
  const opening = useMutation({ mutationFn: enter });
  const { mutate } = opening;
  useEffect(() => mutate(token), [mutate, token]);
  return <Door>{opening.error ? <Used /> : <Opening />}</Door>;
}

function Opening() {
  const { words } = useSpeech();
  return (
    <>
      <h1 className="sr-only">{words.welcome}</h1>
      <Loading />
    </>
  );
}
