import type { RawMail } from "../functions/kit/deps.ts";
import type { MailServiceEvent } from "../functions/mail/returned.ts";

/** As Amazon's mailbox simulator: what becomes of a mail says its address, before a plus or the @. */
const fates = /^(bounce|complaint|softbounce)(\+[^@]*)?@/i;

/** What SES would tell about a mail to `bounce@...`, `complaint@...` and `softbounce@...`, of any domain. */
export function returnsOf(mail: RawMail, now: string): MailServiceEvent[] {
  const messageId = /^message-id: *<?([^>\r\n]+)/im.exec(headersOf(mail.raw))?.[1] ?? now;
  const common = { timestamp: now, messageId, tags: tagsOf(mail) };
  return [...mail.to, ...mail.cc, ...mail.bcc].flatMap((emailAddress): MailServiceEvent[] => {
    const fate = fates.exec(emailAddress)?.[1]?.toLowerCase();
    const feedbackId = `${messageId}:${emailAddress}`;
    if (!fate) return [];
    if (fate === "complaint") {
      const complaint = { feedbackId, timestamp: now, complainedRecipients: [{ emailAddress }] };
      return [event({ eventType: "Complaint", mail: common, complaint })];
    }
    const isHard = fate === "bounce";
    const diagnosticCode = isHard ? "smtp; 550 5.1.1 user unknown" : "smtp; 452 4.2.2 mailbox full";
    const bounce = {
      ...{ feedbackId, timestamp: now, bounceType: isHard ? "Permanent" : "Transient" },
      bouncedRecipients: [{ emailAddress, diagnosticCode }],
    };
    return [event({ eventType: "Bounce", mail: common, bounce })];
  });
}

const event = (detail: MailServiceEvent["detail"]): MailServiceEvent => ({
  source: "aws.ses",
  detail,
});

const tagsOf = ({ tags }: RawMail): Record<string, string[]> =>
  Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]]));

const headersOf = (raw: Uint8Array): string =>
  Buffer.from(raw).toString("latin1").split("\r\n\r\n", 1)[0] ?? "";
