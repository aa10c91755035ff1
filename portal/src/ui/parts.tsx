import { Fragment, type ReactNode } from "react";
import {
  Button,
  type ButtonProps,
  Input,
  Label,
  TextField,
  type TextFieldProps,
} from "react-aria-components";
import { Problem } from "../api.ts";
import { useSpeech } from "../speech.tsx";

const looks = {
  primary: "bg-accent text-on-accent hover:opacity-90",
  quiet: "border border-line bg-paper text-ink hover:bg-tint",
  plain: "text-soft underline underline-offset-4 hover:text-ink",
} as const;

export function Act({
  look = "primary",
  className = "",
  ...rest
}: ButtonProps & { look?: keyof typeof looks; className?: string }) {
  const size = look === "plain" ? "-mx-1 min-h-8 px-1" : "min-h-11 px-5 font-semibold";
  return (
    <Button
      {...rest}
      className={`inline-flex cursor-pointer items-center justify-center gap-2 rounded-md transition-opacity disabled:cursor-default disabled:opacity-50 ${size} ${looks[look]} ${className}`}
    />
  );
}

export const linkLook = `inline-flex min-h-11 items-center justify-center rounded-md px-5 font-semibold ${looks.primary}`;
export const quietLink = `inline-flex min-h-11 items-center justify-center rounded-md px-5 font-semibold ${looks.quiet}`;

export function Card({
  title,
  aside,
  children,
  className = "",
}: {
  title?: string;
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <section className={`rounded-lg border border-line bg-paper p-5 sm:p-6 ${className}`}>
      {title && (
        <div className="mb-3 flex items-baseline justify-between gap-4">
          <h2>{title}</h2>
          {aside}
        </div>
      )}
      {children}
    </section>
  );
}

export function Page({
  title,
  aside,
  children,
}: {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <>
      <div className="mb-6 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <h1>{title}</h1>
        {aside}
      </div>
      {children}
    </>
  );
}

export function Field({
  label,
  hint,
  ...rest
}: TextFieldProps & { label: string; hint?: string | undefined }) {
  return (
    <TextField {...rest} className="flex flex-col gap-1.5">
      <Label className="text-xs font-medium text-soft">{label}</Label>
      <Input className="min-h-11 w-full rounded-md border border-line bg-paper px-3 text-lg text-ink" />
      {hint && <span className="text-xs text-soft">{hint}</span>}
    </TextField>
  );
}

const tones: Readonly<Record<string, string>> = {
  Paid: "text-good",
  Succeeded: "text-good",
  Approved: "text-good",
  Converted: "text-good",
  Issued: "text-good",
  Active: "text-good",
  Partial: "text-warn",
  Pending: "text-warn",
  Disputed: "text-warn",
  Sent: "text-warn",
  Paused: "text-warn",
  Failed: "text-bad",
  Overdue: "text-bad",
  Expired: "text-bad",
};

/** A state is a word; the colour only helps. */
export function Status({ status, isOverdue = false }: { status: string; isOverdue?: boolean }) {
  const { words } = useSpeech();
  const shown = isOverdue ? words.late : (words.statuses[status] ?? status);
  const tone = tones[isOverdue ? "Overdue" : status] ?? "text-soft";
  return <span className={`whitespace-nowrap text-xs font-semibold ${tone}`}>{shown}</span>;
}

export const Loading = () => (
  <div aria-busy="true" role="status" className="flex flex-col gap-4">
    <span className="sr-only">…</span>
    {["w-1/3 h-8", "w-full h-40", "w-full h-24"].map((size) => (
      <div key={size} className={`skeleton ${size}`} />
    ))}
  </div>
);

export const Empty = ({ title, more }: { title: string; more: string }) => (
  <div className="rounded-lg border border-dashed border-line px-6 py-12 text-center">
    <p className="font-semibold">{title}</p>
    <p className="mx-auto mt-1 max-w-[46ch] text-soft">{more}</p>
  </div>
);

/** What went wrong, what it did to the money, and what to do. */
export function Failure({
  error,
  retry,
  isPayment = false,
}: {
  error: unknown;
  retry?: () => void;
  isPayment?: boolean;
}) {
  const { words } = useSpeech();
  const problem = error instanceof Problem ? error : undefined;
  const told =
    problem?.status === 0
      ? words.offline
      : problem?.status === 404
        ? words.goneMore
        : problem?.errors[0]?.detail || problem?.message;
  return (
    <div role="alert" className="rounded-md border border-line bg-tint px-4 py-3">
      <p className="font-semibold text-bad">
        {problem?.status === 404 ? words.gone : words.failed}
      </p>
      {told && <p className="text-soft">{told}</p>}
      {isPayment && problem?.status !== 0 && <p className="text-soft">{words.notCharged}</p>}
      {retry && (
        <Act look="plain" onPress={retry}>
          {words.tryAgain}
        </Act>
      )}
    </div>
  );
}

/** What a page shows until its content is there, or instead: its heading says where the reader is. */
export function Unready({
  title,
  error,
  retry,
}: {
  title: string;
  error: unknown;
  retry: () => void;
}) {
  return <Page title={title}>{error ? <Failure error={error} retry={retry} /> : <Loading />}</Page>;
}

/** Breaks between words only: a number like PAY-Y4125B5Z stays in one piece. */
export const Unbroken = ({ text }: { text: string }) =>
  text.split(" ").map((word, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: words of one text never move
    <Fragment key={index}>
      {index > 0 && " "}
      <span className="whitespace-nowrap">{word}</span>
    </Fragment>
  ));

export const Sum = ({
  label,
  value,
  strong = false,
  hint,
}: {
  label: ReactNode;
  value: string;
  strong?: boolean;
  hint?: ReactNode;
}) => (
  <div
    className={`flex items-baseline justify-between gap-4 py-1 ${strong ? "text-lg font-semibold" : ""}`}
  >
    <span className={strong ? "" : "text-soft"}>
      {typeof label === "string" ? <Unbroken text={label} /> : label}
      {hint && <span className="block text-xs text-soft">{hint}</span>}
    </span>
    <span className="whitespace-nowrap tabular-nums">{value}</span>
  </div>
);

/** Drawn | left, as a thin bar. */
export function Bar({ part, whole, label }: { part: number; whole: number; label: string }) {
  const percent = whole === 0 ? 0 : Math.round((part / whole) * 100);
  return (
    <div role="img" aria-label={label} className="flex h-2 overflow-hidden rounded-full bg-tint">
      <div className="bg-line" style={{ width: `${percent}%` }} />
      <div className="bg-accent" style={{ width: `${whole === 0 ? 0 : 100 - percent}%` }} />
    </div>
  );
}
