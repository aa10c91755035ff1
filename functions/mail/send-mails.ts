import type { Agency } from "../../domain/agencies/agency.ts";
import { dayIn } from "../../domain/shared/calendar.ts";
import { type Id, newId } from "../../domain/shared/ids.ts";
import { saveEventRecord } from "../../domain/shared/record.store.ts";
import type { Tenant } from "../../domain/shared/table.store.ts";
import type { PdfFile } from "../documents/document-pdf.ts";
import { agencyView } from "../documents/paper-view.ts";
import { commitDecided } from "../kit/background.ts";
import { commit } from "../kit/commit.ts";
import type { Deps, RawMail } from "../kit/deps.ts";
import { composeMail, messageIdOf } from "./compose-mail.ts";
import type { Letter } from "./letter.ts";
import { countMail, loadMark, type Mark, type MarkPlace, saveMark } from "./mark.store.ts";
import { reachable } from "./reachable.ts";
import type { Recipient, Recipients } from "./recipients.ts";
import { renderLetter } from "./render-letter.ts";

/** Enough for an agency's busiest day, and few enough that a mistake ruins nobody's good name. */
export const mailsPerDayMax = 1_000;
/** Longer than any try at sending takes. */
const leaseMs = 60_000;

export interface WrittenLetter {
  readonly letter: Letter;
  readonly locale: string;
}

/** One mail to the people of one customer, caused by one event. */
export interface Mailing {
  readonly agency: Agency;
  /** Null: nobody's yet; they are about to register. */
  readonly customer: Id<"customer"> | null;
  /** The envelope's id and the consumer's name: what makes a repeated mail the same mail. */
  readonly cause: string;
  /** What the mail is about. */
  readonly subject: string;
  readonly recipients: Recipients;
  readonly write: (to: Recipient) => Promise<WrittenLetter>;
  readonly files: () => Promise<readonly PdfFile[]>;
}

/** Not now: thrown, so that the message comes again. */
export class MailDeferred extends Error {}

/**
 * Each reader gets the mail once per cause, however often the event comes: a mark is written before it
 * goes and again after. Only a crash in the instant of sending may repeat one, under the same
 * Message-ID. An address that refuses holds nobody else up; one that mails came back from gets none.
 */
export async function sendMails(deps: Deps, tenant: Tenant, mailing: Mailing): Promise<void> {
  const recipients = await reachable(tenant, mailing.recipients);
  const { to, failed = [] } = recipients;
  if (to.length === 0 || failed.length > 0) await recordNotSent(deps, tenant, mailing, failed);
  let made: Promise<readonly PdfFile[]> | undefined;
  const files = () => {
    made ??= mailing.files();
    return made;
  };
  const failures: unknown[] = [];
  for (const recipient of to) {
    try {
      await sendOne(deps, tenant, { mailing: { ...mailing, recipients }, recipient, files });
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

interface One {
  readonly mailing: Mailing;
  readonly recipient: Recipient;
  readonly files: () => Promise<readonly PdfFile[]>;
}

async function sendOne(deps: Deps, tenant: Tenant, one: One): Promise<void> {
  const { cause, agency } = one.mailing;
  const place = { cause, email: one.recipient.email };
  const day = dayIn(deps.now(), agency.settings.timeZone);
  const { mark } = await loadMark(tenant, place, day);
  if (mark?.state === "sent") return;
  const mail = await compose(deps, one);
  const claimed = await claim(deps, tenant, { place, day });
  if (!claimed) return;
  const settle = (state: Mark["state"]) => {
    const next = { state, at: deps.now(), version: claimed.version + 1 };
    return commit(tenant, [saveMark(tenant, place, next)]);
  };
  try {
    await deps.sendMail(mail);
  } catch (error) {
    await settle("failed").catch((reason) =>
      deps.log.warn("a mail that failed stays marked", { cause, reason: String(reason) }),
    );
    throw error;
  }
  await markSent(deps, tenant, { place, day, claimed });
}

/** All tries together, with what they wait for the table: well within the lease and the function's time. */
const markTriesMs = 15_000;
const backoffMs = 50;
const backoffMaxMs = 3_000;

/** The mail is gone. Giving up on its mark would send it again: a lost race or a throttled write comes again. */
async function markSent(
  deps: Deps,
  tenant: Tenant,
  sent: { readonly place: MarkPlace; readonly day: string; readonly claimed: Mark },
): Promise<void> {
  const { place, day, claimed } = sent;
  const untilMs = Date.parse(deps.now()) + markTriesMs;
  for (let round = 1; ; round += 1) {
    try {
      const mark = round === 1 ? claimed : (await loadMark(tenant, place, day)).mark;
      if (mark?.state === "sent") return;
      const next = { state: "sent" as const, at: deps.now(), version: (mark?.version ?? 0) + 1 };
      await commit(tenant, [saveMark(tenant, place, next)]);
      return;
    } catch (error) {
      if (Date.parse(deps.now()) >= untilMs) throw error;
    }
    const [spread = 0] = deps.random(1);
    await deps.wait((spread / 255) * Math.min(backoffMaxMs, backoffMs * 2 ** round));
  }
}

async function compose(deps: Deps, { mailing, recipient, files }: One): Promise<RawMail> {
  const { agency, recipients, cause } = mailing;
  const { mailFrom } = deps.config;
  const isFirst = recipients.to[0] === recipient;
  const view = agencyView(agency);
  const [{ letter, locale }, attached] = await Promise.all([mailing.write(recipient), files()]);
  return composeMail({
    letter: renderLetter(letter, { agency: view, locale }),
    agency: view,
    mailFrom,
    to: recipient.email,
    cc: isFirst ? recipients.cc : [],
    bcc: isFirst ? recipients.bcc : [],
    messageId: messageIdOf(cause, recipient.email, mailFrom),
    at: deps.now(),
    files: attached,
    tags: { agency: agency.id, ...(mailing.customer ? { customer: mailing.customer } : {}) },
  });
}

/** Undefined: somebody has sent it meanwhile. A try that failed or died counts once for the day. */
async function claim(
  deps: Deps,
  tenant: Tenant,
  { place, day }: { readonly place: MarkPlace; readonly day: string },
): Promise<Mark | undefined> {
  let claimed: Mark | undefined;
  await commitDecided(deps, tenant, async () => {
    const now = deps.now();
    const { mark, begun } = await loadMark(tenant, place, day);
    claimed = undefined;
    if (mark?.state === "sent") return [];
    if (mark?.state === "sending" && Date.parse(now) - Date.parse(mark.at) < leaseMs) {
      throw new MailDeferred(`another is sending ${place.cause}`);
    }
    if (!mark && begun >= mailsPerDayMax) {
      throw new MailDeferred(`${tenant.agency} has sent ${begun} mails on ${day}`);
    }
    claimed = { state: "sending", at: now, version: (mark?.version ?? 0) + 1 };
    const counted = mark ? [] : [countMail(tenant, { day, max: mailsPerDayMax, now })];
    return [saveMark(tenant, place, claimed), ...counted];
  });
  return claimed;
}

/** Staff see that a mail had no reader, or not all of them; trying again would find none either. */
async function recordNotSent(
  deps: Deps,
  tenant: Tenant,
  { cause, subject, customer, agency }: Mailing,
  emails: readonly string[],
): Promise<void> {
  const place = { cause, email: "" };
  const day = dayIn(deps.now(), agency.settings.timeZone);
  const reason = emails.length > 0 ? "address-failed" : "nobody-to-mail";
  await commitDecided(deps, tenant, async () => {
    const { mark } = await loadMark(tenant, place, day);
    if (mark) return [];
    const at = deps.now();
    return [
      saveMark(tenant, place, { state: "nobody", at, version: 1 }),
      saveEventRecord(tenant, {
        id: newId("event", Date.parse(at), deps.random(10)),
        ...{ at, subject, customer },
        type: "mail.not-sent",
        actor: { system: "mail" },
        also: [],
        data: { reason, cause, emails: [...emails] },
      }),
    ];
  });
}
