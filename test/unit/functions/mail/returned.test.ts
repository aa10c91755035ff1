import { describe, expect, it } from "vitest";
import { mailReturned } from "../../../../events/mail-returned.ts";
import { type MailServiceEvent, returnedEnvelope } from "../../../../functions/mail/returned.ts";
import { aCustomerId, anId } from "../../../support/builders.ts";

const agency = anId("agency");
const mail = {
  timestamp: "2027-03-01T09:00:00.000Z",
  messageId: "0100-mail",
  tags: { "ses:configuration-set": ["set"], agency: [agency], customer: [aCustomerId] },
};

const aBounce = (over: object = {}): MailServiceEvent => ({
  source: "aws.ses",
  detail: {
    eventType: "Bounce",
    mail,
    bounce: {
      ...{ feedbackId: "0100-back", timestamp: "2027-03-01T09:00:07Z", bounceType: "Permanent" },
      bouncedRecipients: [
        { emailAddress: "Ann <Ann@Acme.test>", diagnosticCode: "smtp; 550 5.1.1 user unknown" },
      ],
      ...over,
    },
  },
});

const aComplaint = (complaintFeedbackType?: string): MailServiceEvent => ({
  source: "aws.ses",
  detail: {
    eventType: "Complaint",
    mail,
    complaint: {
      ...{ feedbackId: "0100-back", timestamp: "2027-03-01T10:00:00.000Z" },
      ...(complaintFeedbackType ? { complaintFeedbackType } : {}),
      complainedRecipients: [{ emailAddress: "ann@acme.test" }],
    },
  },
});

const dataOf = (event: MailServiceEvent) => mailReturned.data.parse(returnedEnvelope(event).data);

describe("the mail service's event", () => {
  it("is the agency's whose tag the mail carried, the same on every delivery", () => {
    const envelope = returnedEnvelope(aBounce());
    expect(envelope).toMatchObject({
      ...{ id: "0100-back", type: "mail.returned", subject: "0100-mail" },
      ...{ agency, customer: aCustomerId, at: "2027-03-01T09:00:07.000Z" },
    });
    expect(returnedEnvelope(aBounce())).toEqual(envelope);
  });

  it("is nobody's without a tag, or with one that is no agency's", () => {
    for (const tags of [{}, { agency: ["*"] }, { agency: [] }]) {
      const event = aBounce();
      const detail = { ...event.detail, mail: { ...mail, tags } };
      expect(returnedEnvelope({ ...event, detail } as MailServiceEvent).agency).toBeUndefined();
    }
  });

  it.each([
    ["a bounce for good", aBounce(), "bounce"],
    ["a full mailbox", aBounce({ bounceType: "Transient" }), "soft"],
    ["a bounce of unknown kind", aBounce({ bounceType: "Undetermined" }), "soft"],
    ["a complaint", aComplaint("abuse"), "complaint"],
    ["a complaint without words", aComplaint(), "complaint"],
  ])("%s is told as such, with the plain address", (_name, event, kind) => {
    const data = dataOf(event);
    expect(data.kind).toBe(kind);
    expect(data.recipients.map(({ email }) => email)).toEqual(["ann@acme.test"]);
    expect(data.sentAt).toBe(mail.timestamp);
  });

  it("keeps what the other server said, to a length", () => {
    const said = "smtp; 550 ".padEnd(5_000, "x");
    const bouncedRecipients = [{ emailAddress: "ann@acme.test", diagnosticCode: said }];
    expect(dataOf(aBounce()).recipients[0]?.detail).toBe("smtp; 550 5.1.1 user unknown");
    expect(dataOf(aBounce({ bouncedRecipients })).recipients[0]?.detail).toHaveLength(300);
  });

  it("that takes a complaint back concerns nobody", () => {
    expect(dataOf(aComplaint("not-spam")).recipients).toEqual([]);
  });
});
