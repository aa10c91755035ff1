import { Link } from "@tanstack/react-router";
import { ChevronRight } from "lucide-react";
import type { PortalTrail } from "../api.generated.ts";
import { useSpeech } from "../speech.tsx";

type Step = PortalTrail["quotes"][number];

/** The newest of a long row; the statement has them all. */
const shownMax = 4;

const pages = {
  quotes: "/quotes/$id",
  retainers: "/invoices/$id",
  payments: "/payments/$id",
  invoices: "/invoices/$id",
} as const;
type Stage = keyof typeof pages;
const stages: readonly Stage[] = ["quotes", "retainers", "payments", "invoices"];

/** Quote, retainer, payment, invoices: where a record came from and what it led to, in both directions. */
export function Trail({
  trail,
  currency,
  here,
}: {
  trail: PortalTrail;
  currency: string;
  here: string;
}) {
  const { words } = useSpeech();
  const shown = stages.filter((stage) => trail[stage].length > 0);
  if (shown.length < 2) return null;
  return (
    <nav aria-label={words.trail} className="no-print mb-6 rounded-lg border border-line bg-paper">
      <ol className="flex flex-col sm:flex-row sm:flex-wrap">
        {shown.map((stage, index) => (
          <li
            key={stage}
            className="flex items-start gap-3 border-line px-5 py-2.5 not-first:border-t sm:py-3 sm:pr-2 sm:not-first:border-t-0"
          >
            <div className="flex min-w-0 items-baseline sm:block">
              <p className="w-28 shrink-0 text-xs text-soft sm:w-auto">{words.stages[stage]}</p>
              <Steps {...{ stage, currency, here }} steps={trail[stage]} />
            </div>
            {index < shown.length - 1 && (
              <ChevronRight
                aria-hidden
                size={16}
                className="mt-4 hidden shrink-0 text-soft sm:block"
              />
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Steps({
  stage,
  steps,
  currency,
  here,
}: {
  stage: Stage;
  steps: readonly Step[];
  currency: string;
  here: string;
}) {
  const { money } = useSpeech();
  const rest = steps.length - shownMax;
  return (
    <div className="flex flex-wrap gap-x-4">
      {steps.slice(0, shownMax).map((step) => (
        <span key={step.id} className="whitespace-nowrap">
          <StepName step={step} stage={stage} isHere={step.id === here} />
          {step.amount !== null && (
            <span className="block text-xs tabular-nums text-soft">
              {money(step.amount, currency)}
            </span>
          )}
        </span>
      ))}
      {rest > 0 && <span className="text-soft">+{rest}</span>}
    </div>
  );
}

function StepName({ step, stage, isHere }: { step: Step; stage: Stage; isHere: boolean }) {
  if (isHere) {
    return (
      <span aria-current="page" className="font-semibold">
        {step.number}
      </span>
    );
  }
  if (!step.opens) return <span>{step.number}</span>;
  return (
    <Link
      to={pages[stage]}
      params={{ id: step.id }}
      className="underline decoration-line underline-offset-4 hover:decoration-ink"
    >
      {step.number}
    </Link>
  );
}
