import { expect, test } from "vitest";
import { aShell, type Shell } from "../../support/shell.ts";
import { aCustomer, lastMail, pdfText, plain, readMails, work } from "./reading.ts";

const days = { date: "2027-03-01", dueDate: "2027-03-15" };

async function send(shell: Shell, terms: object, words: object = {}): Promise<string> {
  const { body } = await shell.call("POST", "/v1/invoices", { ...days, ...terms });
  await shell.call("POST", `/v1/invoices/${body.id}/send`, words);
  return body.id;
}

async function fund(shell: Shell, customer: string, price: number): Promise<void> {
  const terms = { ...days, ...work(price), customer, isRetainer: true, status: "Unpaid" };
  const { body } = await shell.call("POST", "/v1/invoices", terms);
  await shell.call("POST", `/v1/invoices/${body.id}/payments`, { method: "Cash" });
}

test("a sent invoice is mailed once, with what the retainer paid and what is left", async () => {
  const shell = await aShell();
  const customer = await aCustomer(shell, { cc: ["cc@acme.test"], bcc: ["bcc@acme.test"] });
  await fund(shell, customer, 1800);
  await send(shell, { ...work(2500), customer });
  await shell.deliver({ copies: 3, shuffled: true });
  expect(shell.mails).toMatchObject([
    { to: ["ann@acme.test"], cc: ["cc@acme.test"], bcc: ["bcc@acme.test"] },
  ]);
  const mail = await lastMail(shell);
  expect(mail.subject).toBe("Invoice INV-0001 from Studio North: $700.00 due March 15, 2027");
  for (const form of [mail.text, mail.html]) {
    expect(form).toContain("$1,800.00 of this invoice is paid from your retainer.");
    for (const said of ["From your retainer RET-0001", "$2,500.00", "-$1,800.00", "$700.00"]) {
      expect(form).toContain(said);
    }
  }
  expect(mail.files.map(({ filename }) => filename)).toEqual(["INV-0001.pdf"]);
});

test("an invoice that the retainer covers asks for nothing, and says what is left on it", async () => {
  const shell = await aShell();
  const customer = await aCustomer(shell);
  await fund(shell, customer, 5000);
  await send(shell, { ...work(3200), customer });
  await shell.deliver();
  const mail = await lastMail(shell);
  expect(mail.subject).toBe(
    "Invoice INV-0001 from Studio North: $3,200.00 paid from your retainer",
  );
  expect(mail.text).toContain("To pay: $0.00\nLeft on your retainer: $1,800.00");
});

test("a retainer's mail asks for money in advance", async () => {
  const shell = await aShell();
  await send(shell, { ...work(5000), customer: await aCustomer(shell), isRetainer: true });
  await shell.deliver();
  const mail = await lastMail(shell);
  expect(mail.subject).toBe(
    "Retainer request RET-0001 from Studio North: $5,000.00 due March 15, 2027",
  );
  expect(mail.text).toContain("We ask for this amount in advance");
});

test("a quote's mail says until when it can be approved", async () => {
  const shell = await aShell();
  const customer = await aCustomer(shell);
  const terms = { ...work(5000), customer, isRetainer: true, validUntil: "2027-03-31" };
  const { body } = await shell.call("POST", "/v1/quotes", terms);
  await shell.call("POST", `/v1/quotes/${body.id}/send`, { body: "Dear Ann,\n\nas agreed." });
  await shell.deliver({ copies: 2 });
  expect(shell.mails).toHaveLength(1);
  const mail = await lastMail(shell);
  expect(mail.subject).toBe(
    "Quote QUO-0001 from Studio North: $5,000.00, valid until March 31, 2027",
  );
  expect(mail.text).toContain("Dear Ann,\n\nas agreed.\n\nTotal: $5,000.00");
  expect(mail.files.map(({ filename }) => filename)).toEqual(["QUO-0001.pdf"]);
});

test("each contact gets a mail of their own, in their language, with a link of their own", async () => {
  const shell = await aShell();
  const customer = await aCustomer(shell, { lang: "fr" }, { lang: "de" });
  const bob = { firstName: "Bob", lastName: "Ray", email: "bob@acme.test" };
  await shell.call("POST", `/v1/customers/${customer}/contacts`, bob);
  await send(shell, { ...work(100), customer });
  await shell.deliver();
  const [ann, other] = await readMails(shell);
  expect(plain(ann?.subject ?? "")).toBe(
    "Rechnung INV-0001 von Studio North: 100,00 $ fällig am 15. März 2027",
  );
  expect(plain(other?.subject ?? "")).toBe(
    "Facture INV-0001 de Studio North : 100,00 $US à payer au plus tard le 15 mars 2027",
  );
  expect([ann?.to, other?.to]).toEqual([["ann@acme.test"], ["bob@acme.test"]]);
  const place = new RegExp(`^http://drawdown.test/p/${shell.agency.slug}/d#token=[\\w-]{40,}$`);
  expect(ann?.link).toMatch(place);
  expect(other?.link).toMatch(place);
  expect(ann?.link).not.toBe(other?.link);
  // The paper is the customer's, whoever reads it.
  expect(ann?.files[0]?.content).toEqual(other?.files[0]?.content);
  expect(pdfText(ann?.files[0]?.content ?? new Uint8Array())).toContain("Facture");
});

test("the link of a mail opens its document", async () => {
  const shell = await aShell();
  await send(shell, { ...work(100), customer: await aCustomer(shell) });
  await shell.deliver();
  const { link = "" } = await lastMail(shell);
  const token = link.split("#token=")[1];
  const { status } = await shell.call("POST", "/portal/session", { token }, { "x-portal": "1" });
  expect(status).toBe(204);
});

test("who has no portal gets no button", async () => {
  const shell = await aShell();
  await send(shell, { ...work(100), customer: await aCustomer(shell, {}, { portal: false }) });
  await shell.deliver();
  expect((await lastMail(shell)).link).toBeUndefined();
});

test("an agency that takes no money online says how to pay", async () => {
  const shell = await aShell();
  const settings = { payment: { instructions: "IBAN DE02 1203" } };
  await shell.call("PATCH", "/v1/agency", { settings });
  await send(shell, { ...work(100), customer: await aCustomer(shell) });
  await shell.deliver();
  const mail = await lastMail(shell);
  for (const form of [mail.text, mail.html]) expect(form).toContain("IBAN DE02 1203");
  expect(pdfText(mail.files[0]?.content ?? new Uint8Array())).toContain("IBAN DE02 1203");
});

test.each([
  ["the customer wants none", { attachPdf: false }, true, 0],
  ["the agency attaches none", {}, false, 0],
  ["the customer wants it all the same", { attachPdf: true }, false, 1],
] as const)("when %s, %o and %s attach %i papers", async (_name, own, attachPdf, count) => {
  const shell = await aShell();
  await shell.call("PATCH", "/v1/agency", { settings: { attachPdf } });
  await send(shell, { ...work(100), customer: await aCustomer(shell, own) });
  await shell.deliver();
  expect((await lastMail(shell)).files).toHaveLength(count);
});

test("a receipt goes out for money recorded with notice, and says what waits", async () => {
  const shell = await aShell();
  const customer = await aCustomer(shell);
  const money = { customer, amount: 90, currency: "USD", method: "Cash" };
  await shell.call("POST", "/v1/payments", money);
  await shell.call("POST", "/v1/payments", { ...money, sendNotification: true });
  await shell.deliver({ copies: 2 });
  expect(shell.mails).toHaveLength(1);
  const mail = await lastMail(shell);
  expect(mail.subject).toMatch(/^Receipt PAY-\w{8} from Studio North: \$90\.00 received$/);
  expect(mail.text).toContain("Received (Cash): $90.00");
  expect(mail.text).toContain("Left on your retainer: $180.00");
  expect(mail.files[0]?.filename).toMatch(/^PAY-\w{8}\.pdf$/);
});

test("staff mail a receipt as often as they ask, to whom they name", async () => {
  const shell = await aShell();
  const customer = await aCustomer(shell, { cc: ["cc@acme.test"] });
  const money = { customer, amount: 90, currency: "USD", method: "Cash" };
  const { body } = await shell.call("POST", "/v1/payments", money);
  await shell.call("POST", `/v1/payments/${body.id}/receipt`, { email: "books@acme.test" });
  await shell.call("POST", `/v1/payments/${body.id}/receipt`, {});
  await shell.deliver({ copies: 2 });
  expect(shell.mails.map(({ to }) => to)).toEqual([["books@acme.test"], ["ann@acme.test"]]);
});

test("a refund is told, with what is left", async () => {
  const shell = await aShell();
  const customer = await aCustomer(shell);
  const money = { customer, amount: 90, currency: "USD", method: "Cash" };
  const { body } = await shell.call("POST", "/v1/payments", money);
  await shell.call("POST", `/v1/payments/${body.id}/refund`, { amount: 40 });
  await shell.deliver({ copies: 2 });
  expect(shell.mails).toHaveLength(1);
  const mail = await lastMail(shell);
  expect(mail.subject).toMatch(
    /^Refund of payment PAY-\w{8} from Studio North: \$40\.00 refunded$/,
  );
  expect(mail.text).toContain("Left of this payment: $50.00");
});

test("markup in names and words stays text", async () => {
  const shell = await aShell();
  await shell.call("PATCH", "/v1/agency", { name: "<b>Bold</b> & Co" });
  await send(
    shell,
    { ...work(100), customer: await aCustomer(shell) },
    { body: "<script>1</script>" },
  );
  await shell.deliver();
  const mail = await lastMail(shell);
  expect(mail.html).not.toContain("<script>");
  expect(mail.html).not.toContain("<b>");
  expect(mail.text).toContain("<script>1</script>");
  expect(mail.subject).toContain("from <b>Bold</b> & Co: $100.00");
});

test("marking as sent mails nobody, and an address of its own replaces all others", async () => {
  const shell = await aShell();
  const customer = await aCustomer(shell, { cc: ["cc@acme.test"] });
  const { body } = await shell.call("POST", "/v1/invoices", { ...work(100), customer });
  await shell.call("POST", `/v1/invoices/${body.id}/mark-sent`, {});
  await shell.deliver();
  expect(shell.mails).toHaveLength(0);
  await shell.call("POST", `/v1/invoices/${body.id}/send`, { email: "Boss@acme.test" });
  await shell.deliver();
  expect(shell.mails).toMatchObject([{ to: ["boss@acme.test"], cc: [] }]);
});

test("what was canceled before its mail went is not asked for", async () => {
  const shell = await aShell();
  const id = await send(shell, { ...work(100), customer: await aCustomer(shell) });
  await shell.call("POST", `/v1/invoices/${id}/cancel`, { reason: "a mistake" });
  await shell.deliver();
  expect(shell.mails).toHaveLength(0);
});
