import { simpleParser } from "mailparser";
import { expect, it } from "vitest";
import {
  composeMail,
  type MailParts,
  messageIdOf,
} from "../../../../functions/mail/compose-mail.ts";
import { renderLetter } from "../../../../functions/mail/render-letter.ts";
import { aPng } from "../../../support/png.ts";
import { letterIn, written } from "./all-letters.ts";

const { agency } = written;

const compose = (over: Partial<MailParts> = {}) =>
  composeMail({
    letter: renderLetter(letterIn("invoice-partly-drawn"), written),
    agency,
    mailFrom: "billing@drawdown.test",
    to: "ann@acme.test",
    ...{ cc: ["cc@acme.test"], bcc: ["bcc@acme.test"] },
    messageId: messageIdOf("invoice-sent-mail evt_1", "ann@acme.test", "billing@drawdown.test"),
    at: "2027-01-19T06:00:00.000Z",
    files: [],
    tags: { agency: "agy_1" },
    ...over,
  });

const headersOf = ({ raw }: { readonly raw: Uint8Array }) =>
  Buffer.from(raw)
    .toString("utf8")
    .split("\r\n\r\n")[0]
    ?.replace(/\r\n\s+/g, " ") ?? "";

it("comes from the platform's address under the agency's name, and is answered to the agency", async () => {
  const mail = await compose();
  const headers = headersOf(mail);
  expect(headers).toContain("From: Northwind Studio <billing@drawdown.test>");
  expect(headers).toContain("Reply-To: billing@northwind.example");
  expect(headers).toContain("Auto-Submitted: auto-generated");
  expect(mail).toMatchObject({ from: "billing@drawdown.test", to: ["ann@acme.test"] });
});

it("tells nobody who gets a blind copy", async () => {
  const mail = await compose();
  expect(mail).toMatchObject({ cc: ["cc@acme.test"], bcc: ["bcc@acme.test"] });
  expect(headersOf(mail)).toContain("Cc: cc@acme.test");
  expect(Buffer.from(mail.raw).toString("utf8")).not.toContain("bcc@acme.test");
});

it("carries both forms, the logo within and the paper beside", async () => {
  const logo = aPng({});
  const letter = renderLetter(letterIn("invoice-partly-drawn"), {
    ...written,
    agency: { ...agency, logo },
  });
  const files = [{ filename: "INV-0002.pdf", bytes: Buffer.from("%PDF-1.7") }];
  const parsed = await simpleParser(Buffer.from((await compose({ letter, files })).raw));
  expect(parsed.subject).toBe(letter.subject);
  expect(parsed.text).toContain("To pay: $700.00");
  expect(parsed.html).toContain("View and pay $700.00");
  const found = parsed.attachments.map(({ filename, contentType }) => [filename, contentType]);
  expect(found).toContainEqual(["logo.png", "image/png"]);
  expect(found).toContainEqual(["INV-0002.pdf", "application/pdf"]);
});

it("lets no name begin a header of its own", async () => {
  const name = 'Evil" <x@x.test>\r\nBcc: all@x.test';
  const mail = await compose({ agency: { ...agency, name } });
  expect(headersOf(mail)).not.toMatch(/^Bcc:/m);
  expect(mail.to).toEqual(["ann@acme.test"]);
});

it("has one Message-ID per cause and reader, however often it is made", async () => {
  const id = (cause: string, email: string) => messageIdOf(cause, email, "billing@drawdown.test");
  expect(id("a", "Ann@acme.test")).toBe(id("a", "ann@acme.test"));
  expect(new Set([id("a", "x@x.test"), id("b", "x@x.test"), id("a", "y@x.test")]).size).toBe(3);
  expect(id("a", "x@x.test")).toMatch(/^<[0-9a-f]{40}@drawdown\.test>$/);
  expect(headersOf(await compose())).toContain(
    `Message-ID: ${id("invoice-sent-mail evt_1", "ann@acme.test")}`,
  );
});
