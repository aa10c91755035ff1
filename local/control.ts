import { type Context, Hono } from "hono";
import * as z from "zod";
import { addDuration, isInstant, parseInstant } from "../domain/shared/calendar.ts";
import { refuse } from "../domain/shared/refusals.ts";
import type { Deps } from "../functions/kit/deps.ts";
import { parseWith } from "../functions/kit/parse.ts";
import { Refused, unrouted } from "../functions/kit/refused.ts";
import type { Clock } from "./clock.ts";
import { controlStripe, stripeBody } from "./control-stripe.ts";
import { type FaultInjection, faultsSchema } from "./faults.ts";
import { inboxPage } from "./inbox.ts";
import type { Mailbox } from "./mail.ts";
import { badField, blaming, problemAnswer } from "./problems.ts";
import type { StripeStandIn } from "./stripe/stand-in.ts";
import type { Timeline } from "./timeline.ts";

export interface ControlParts {
  readonly clock: Clock;
  readonly timeline: Timeline;
  readonly settle: () => Promise<void>;
  readonly mailbox: Mailbox;
  readonly standIn: StripeStandIn;
  readonly faults: FaultInjection;
  readonly deps: Deps;
  readonly reset: () => Promise<void>;
  readonly ready: () => Promise<object>;
  readonly accounts: () => readonly string[];
}

const clockBody = z.union([
  z.strictObject({ advance: z.string().max(40) }),
  z.strictObject({ now: z.string().max(40) }),
]);
const outageBody = z.strictObject({ for: z.string().max(40) });
/** What only a system on one's own machine offers: its clock, its mail, its faults. */
export function createControl(parts: ControlParts): Hono {
  const app = new Hono().basePath("/__local");
  const { publicUrl } = parts.deps.config;
  app.onError((error) => problemAnswer(publicUrl, error));
  app.notFound(({ req }) => problemAnswer(publicUrl, unrouted(allowedAt(app, req.path))));
  app.get("/ready", async (context) => context.json(await parts.ready()));
  app.post("/settle", async (context) => {
    await parts.settle();
    return context.json({ pending: 0 });
  });
  app.post("/clock", async (context) => {
    const target = targetOf(parseWith(clockBody, await bodyOf(context)), parts.clock.now());
    const ran = await parts.timeline.advance(target);
    return context.json({ now: parts.clock.now(), ran });
  });
  app.post("/outage", async (context) => {
    const { for: duration } = parseWith(outageBody, await bodyOf(context));
    await parts.timeline.skip(laterBy(duration, { now: parts.clock.now(), pointer: "#/for" }));
    return context.json({ now: parts.clock.now() });
  });
  app.get("/mail", async (context) => {
    const mails = await parts.mailbox.list();
    const isPerson = context.req.header("accept")?.includes("text/html");
    return isPerson ? context.html(await inboxPage(mails)) : context.json(mails);
  });
  app.get("/mail/:id/:filename", async (context) => {
    const { id, filename } = context.req.param();
    const found = await parts.mailbox.attachment(id, filename);
    if (!found) throw unrouted([]);
    return context.body(new Uint8Array(found.content), 200, { "content-type": found.contentType });
  });
  app.delete("/mail", (context) => {
    parts.mailbox.clear();
    return context.body(null, 204);
  });
  app.post("/faults", async (context) => {
    parts.faults.set(parseWith(faultsSchema, await bodyOf(context)));
    return context.json({});
  });
  app.post("/stripe", async (context) => {
    await controlStripe(parts, parseWith(stripeBody, await bodyOf(context)));
    return context.json({});
  });
  app.post("/reset", async (context) => {
    await parts.timeline.exclusively(parts.reset);
    return context.json(await parts.ready());
  });
  return app;
}

const methods = ["GET", "POST", "DELETE"] as const;

const allowedAt = (app: Hono, path: string): readonly string[] =>
  methods.filter((method) => app.router.match(method, path)[0].length > 0);

async function bodyOf(context: Context): Promise<unknown> {
  const text = await context.req.text();
  if (text.trim() === "") return {};
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Refused(refuse("request.invalid", "The body is not well-formed JSON."));
  }
}

function targetOf(asked: z.output<typeof clockBody>, now: string): string {
  if ("advance" in asked) return laterBy(asked.advance, { now, pointer: "#/advance" });
  const instant = parseInstant(asked.now);
  if (instant === undefined || instant < now) throw badField("#/now", "must be an instant to come");
  return instant;
}

function laterBy(duration: string, from: { readonly now: string; readonly pointer: string }) {
  const { now, pointer } = from;
  const instant = blaming(pointer, () => addDuration(now, duration));
  if (isInstant(instant) && instant >= now) return instant;
  throw badField(pointer, "must lead to an instant to come");
}
