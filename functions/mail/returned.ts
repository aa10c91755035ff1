import * as z from "zod";
import { isId } from "../../domain/shared/ids.ts";
import type { Envelope } from "../../events/envelope.ts";
import { mailReturned, type returnKinds } from "../../events/mail-returned.ts";

const mail = z.object({
  timestamp: z.string(),
  messageId: z.string(),
  tags: z.record(z.string(), z.array(z.string())).default({}),
});

/**
 * What SES puts on the account's event bus, as far as it is used here.
 * https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
 */
const detailSchema = z.discriminatedUnion("eventType", [
  z.object({
    eventType: z.literal("Bounce"),
    mail,
    bounce: z.object({
      feedbackId: z.string(),
      timestamp: z.string(),
      bounceType: z.string(),
      bouncedRecipients: z.array(
        z.object({ emailAddress: z.string(), diagnosticCode: z.string().optional() }),
      ),
    }),
  }),
  z.object({
    eventType: z.literal("Complaint"),
    mail,
    complaint: z.object({
      feedbackId: z.string(),
      timestamp: z.string(),
      complaintFeedbackType: z.string().optional(),
      complainedRecipients: z.array(z.object({ emailAddress: z.string() })),
    }),
  }),
]);
type Detail = z.output<typeof detailSchema>;

export const mailServiceSource = "aws.ses";

export const mailServiceEventSchema = z.object({
  source: z.literal(mailServiceSource),
  detail: detailSchema,
});
export type MailServiceEvent = z.input<typeof mailServiceEventSchema>;

const detailMax = 300;

/** The mail service's event in the form of our own: whose the mail was says the tag that it was sent with. */
export function returnedEnvelope(event: MailServiceEvent): Envelope {
  const { detail } = mailServiceEventSchema.parse(event);
  const { tags, messageId, timestamp } = detail.mail;
  const [agency] = tags.agency ?? [];
  const [customer] = tags.customer ?? [];
  const { id, at, kind, recipients } = told(detail);
  return {
    id,
    type: mailReturned.name,
    subject: messageId,
    ...(agency && isId("agency", agency) ? { agency } : {}),
    ...(customer && isId("customer", customer) ? { customer } : {}),
    actor: { system: "mail" },
    at: instant(at),
    data: {
      kind,
      sentAt: instant(timestamp),
      recipients: recipients.map(({ email, said }) => ({
        email: addressIn(email),
        detail: said?.slice(0, detailMax) ?? null,
      })),
    },
  };
}

interface Told {
  readonly id: string;
  readonly at: string;
  readonly kind: (typeof returnKinds)[number];
  readonly recipients: readonly { readonly email: string; readonly said: string | undefined }[];
}

function told(detail: Detail): Told {
  if (detail.eventType === "Bounce") {
    const { feedbackId, timestamp, bounceType, bouncedRecipients } = detail.bounce;
    return {
      id: feedbackId,
      at: timestamp,
      kind: bounceType === "Permanent" ? "bounce" : "soft",
      recipients: bouncedRecipients.map(({ emailAddress, diagnosticCode }) => ({
        email: emailAddress,
        said: diagnosticCode,
      })),
    };
  }
  const { feedbackId, timestamp, complainedRecipients, complaintFeedbackType } = detail.complaint;
  // The reader took the mail out of the spam folder.
  const isPraise = complaintFeedbackType === "not-spam";
  return {
    id: feedbackId,
    at: timestamp,
    kind: "complaint",
    recipients: (isPraise ? [] : complainedRecipients).map(({ emailAddress }) => ({
      email: emailAddress,
      said: complaintFeedbackType,
    })),
  };
}

/** Servers report addresses as `Ann <ann@acme.test>`, too. */
const addressIn = (text: string): string =>
  (/<([^<>]+)>\s*$/.exec(text)?.[1] ?? text).trim().toLowerCase();

const instant = (text: string): string => new Date(text).toISOString();
