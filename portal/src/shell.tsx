import { useQuery } from "@tanstack/react-query";
import { Link, Navigate, Outlet, useRouterState } from "@tanstack/react-router";
import {
  CreditCard,
  FileText,
  FolderOpen,
  Gift,
  House,
  Menu as MenuIcon,
  PiggyBank,
  Receipt,
  Repeat,
  ScrollText,
  UserRound,
  Wallet,
} from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import type { PortalMe } from "./api.generated.ts";
import { call, Problem } from "./api.ts";
import { client, queries } from "./queries.ts";
import { SpeechProvider, useSpeech, type Words } from "./speech.tsx";
import { Offline } from "./ui/offline.tsx";
import { Act, Failure, Loading } from "./ui/parts.tsx";

type Modules = PortalMe["modules"];
const tabs: readonly {
  to: string;
  word: keyof Words;
  icon: typeof House;
  module?: keyof Modules;
}[] = [
  { to: "/", word: "home", icon: House },
  { to: "/invoices", word: "invoices", icon: FileText, module: "invoices" },
  { to: "/quotes", word: "quotes", icon: ScrollText, module: "quotes" },
  { to: "/recurring", word: "recurring", icon: Repeat, module: "recurringInvoices" },
  { to: "/payments", word: "payments", icon: Receipt, module: "payments" },
  { to: "/credits", word: "credits", icon: Gift, module: "credits" },
  { to: "/prepayment", word: "prepay", icon: PiggyBank, module: "prePayment" },
  { to: "/methods", word: "methods", icon: CreditCard, module: "paymentMethods" },
  { to: "/documents", word: "documents", icon: FolderOpen, module: "documents" },
  { to: "/statement", word: "statement", icon: Wallet, module: "statement" },
  { to: "/profile", word: "profile", icon: UserRound },
];
const onPhone = 4;

export const wearColour = (color: string): void =>
  document.documentElement.style.setProperty("--brand", color);

export const useMe = (): PortalMe => {
  const { data } = useQuery(queries.me());
  if (!data) throw new Error("a page was shown before it was known to whom");
  return data;
};

export function Shell() {
  const me = useQuery(queries.me());
  useEffect(() => {
    if (!me.data) return;
    wearColour(me.data.agency.color);
    document.title = me.data.agency.name;
  }, [me.data]);
  if (me.error instanceof Problem && me.error.status === 401) return <Navigate to="/login" />;
  if (me.error)
    return (
      <Main>
        <Nameless />
        <Failure error={me.error} retry={() => void me.refetch()} />
      </Main>
    );
  if (!me.data)
    return (
      <Main>
        <Nameless />
        <Loading />
      </Main>
    );
  const { contact, customer, agency, session } = me.data;
  return (
    <SpeechProvider locale={contact.lang ?? customer.lang ?? agency.locale}>
      <Offline />
      {session.document ? <Alone me={me.data} /> : <Framed me={me.data} />}
    </SpeechProvider>
  );
}

const Main = ({ children }: { children: ReactNode }) => (
  <main id="main" className="mx-auto w-full max-w-[1040px] flex-1 px-4 py-8 pb-28 sm:px-8 lg:pb-16">
    {children}
  </main>
);

/** Before it is known whose page it is, it is called as its window is. */
const Nameless = () => <h1 className="sr-only">{document.title}</h1>;

export function Brand({ name, logo }: { name: string; logo: string | null }) {
  return logo ? (
    <img src={logo} alt={name} className="max-h-9 max-w-40" />
  ) : (
    <span className="text-lg font-semibold tracking-tight">{name}</span>
  );
}

/** Opened by a document's own link: that document and nothing else. */
function Alone({ me }: { me: PortalMe }) {
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const kind = me.session.document?.startsWith("quo_") ? "quotes" : "invoices";
  const isThere = /\/(invoices|quotes|payments)\/\w+/.test(path);
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="mx-auto w-full max-w-[1040px] px-4 pt-6 sm:px-8">
        <Brand {...me.agency} />
      </header>
      <Main>
        {isThere ? <Outlet /> : <Navigate to={`/${kind}/${me.session.document}` as string} />}
      </Main>
    </div>
  );
}

function Framed({ me }: { me: PortalMe }) {
  const { words } = useSpeech();
  const [isOpen, setOpen] = useState(false);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const shown = tabs.filter(({ module }) => !module || me.modules[module]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes the menu
  useEffect(() => setOpen(false), [path]);
  return (
    <div className="flex min-h-dvh">
      <nav
        aria-label={words.menu}
        className="sticky top-0 hidden h-dvh w-60 shrink-0 flex-col gap-1 border-r border-line bg-paper p-4 lg:flex"
      >
        <div className="px-3 pt-2 pb-5">
          <Brand {...me.agency} />
        </div>
        {shown.map((tab) => (
          <Tab key={tab.to} {...tab} />
        ))}
        <Foot me={me} />
      </nav>
      <div className="flex min-w-0 flex-1 flex-col">
        <header className="flex items-center justify-between px-4 pt-5 sm:px-8 lg:hidden">
          <Brand {...me.agency} />
        </header>
        {me.session.staff && (
          <p className="bg-tint px-8 py-2 text-xs text-soft">
            {words.actingFor} {me.contact.name}
          </p>
        )}
        <Main>
          <Outlet />
        </Main>
      </div>
      {isOpen && (
        <div className="fixed inset-x-0 bottom-16 z-10 flex flex-col gap-1 rounded-t-lg border-t border-line bg-paper p-4 shadow-2xl lg:hidden">
          {shown.slice(onPhone).map((tab) => (
            <Tab key={tab.to} {...tab} />
          ))}
          <Foot me={me} />
        </div>
      )}
      <nav
        aria-label={words.menu}
        className="fixed inset-x-0 bottom-0 z-20 flex h-16 border-t border-line bg-paper lg:hidden"
      >
        {shown.slice(0, onPhone).map(({ to, word, icon: Icon }) => (
          <Link
            key={to}
            to={to as string}
            activeOptions={{ exact: to === "/" }}
            className="flex flex-1 flex-col items-center justify-center gap-0.5 text-[11px] text-soft aria-[current=page]:text-accent"
          >
            <Icon size={20} aria-hidden />
            {words[word] as string}
          </Link>
        ))}
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          className="flex flex-1 flex-col items-center justify-center gap-0.5 text-[11px] text-soft"
        >
          <MenuIcon size={20} aria-hidden />
          {words.more}
        </button>
      </nav>
    </div>
  );
}

function Tab({ to, word, icon: Icon }: (typeof tabs)[number]) {
  const { words } = useSpeech();
  return (
    <Link
      to={to as string}
      activeOptions={{ exact: to === "/" }}
      className="flex min-h-10 items-center gap-3 rounded-md px-3 text-soft hover:bg-tint hover:text-ink aria-[current=page]:bg-tint aria-[current=page]:font-semibold aria-[current=page]:text-ink"
    >
      <Icon size={18} aria-hidden />
      {words[word] as string}
    </Link>
  );
}

function Foot({ me }: { me: PortalMe }) {
  const { words } = useSpeech();
  const leave = async () => {
    await call("DELETE", "/session");
    client.clear();
    location.assign(`/p/${me.agency.slug}/login`);
  };
  const change = async (contact: string) => {
    await call("POST", `/contacts/${contact}/switch`);
    client.clear();
    location.assign(`/p/${me.agency.slug}/`);
  };
  return (
    <div className="mt-auto flex flex-col items-start gap-1 border-t border-line px-3 pt-3 text-xs text-soft">
      <span className="font-semibold text-ink">{me.customer.name}</span>
      <span>{me.contact.email}</span>
      {me.others.map(({ contact, name }) => (
        <Act key={contact} look="plain" onPress={() => void change(contact)}>
          {words.switchTo} {name}
        </Act>
      ))}
      <Act look="plain" onPress={() => void leave()}>
        {words.logOut}
      </Act>
    </div>
  );
}
