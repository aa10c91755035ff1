import { simpleParser } from "mailparser";
import { expect, test } from "vitest";
import { aShell, type Shell } from "../../support/shell.ts";

const items = [{ name: "Work", quantity: 1, price: 2500 }];

async function aCustomer({ call }: Shell, company = "Acme"): Promise<string> {
  const { body } = await call("POST", "/v1/customers", {
    billTo: { company },
    cc: ["cc@acme.test"],
  });
  await call("POST", `/v1/customers/${body.id}/contacts`, {
    ...{ firstName: "Ann", lastName: "Lee", email: "ann@acme.test" },
  });
  return body.id;
}

const readLast = async ({ mails }: Shell) => {
  const last = mails.at(-1);
  if (!last) throw new Error("no mail was sent");
  return { ...(await simpleParser(Buffer.from(last.raw))), recipients: last };
};

test("a sent invoice is mailed once, with what the retainer paid and what is left", async () => {
  const shell = await aShell();
  const customer = await aCustomer(shell);
  const retainer = {
    customer,
    isRetainer: true,
    status: "Unpaid",
    items: [{ ...items[0], price: 1800 }],
  };
  const { body: asked } = await shell.call("POST", "/v1/invoices", retainer);
  await shell.call("POST", `/v1/invoices/${asked.id}/payments`, { method: "Cash" });
  const { body: draft } = await shell.call("POST", "/v1/invoices", {
    customer,
    items,
    date: "2027-03-01",
    dueDate: "2027-03-15",
  });
  await shell.call("POST", `/v1/invoices/${draft.id}/send`, {});
  await shell.deliver({ copies: 3, shuffled: true });
  expect(shell.mails).toHaveLength(1);
  const mail = await readLast(shell);
  expect(mail.subject).toBe("Invoice INV-0001 from Studio North: $700.00 due March 15, 2027");
  expect(mail.recipients).toMatchObject({ to: ["ann@acme.test"], cc: ["cc@acme.test"] });
  for (const form of [mail.text, mail.html || ""]) {
    for (const said of ["INV-0001", "$2,500.00", "retainer RET-0001", "$1,800.00", "$700.00"]) {
      expect(form).toContain(said);
    }
  }
});

test("a receipt goes out for money recorded with notice, and says what waits", async () => {
  const shell = await aShell();
  const customer = await aCustomer(shell);
  const money = { customer, amount: 90, currency: "USD", method: "Cash" };
  await shell.call("POST", "/v1/payments", money);
  await shell.call("POST", "/v1/payments", { ...money, sendNotification: true });
  await shell.deliver({ copies: 2 });
  expect(shell.mails).toHaveLength(1);
  const mail = await readLast(shell);
  expect(mail.subject).toMatch(/^Receipt PAY-\w{8} from Studio North: \$90\.00 received$/);
  expect(mail.text).toContain("$180.00");
});

test("markup and line breaks in names stay text", async () => {
  const shell = await aShell();
  await shell.call("PATCH", "/v1/agency", { name: "<b>Bold</b> & Co" });
  const customer = await aCustomer(shell);
  const { body } = await shell.call("POST", "/v1/invoices", { customer, items });
  await shell.call("POST", `/v1/invoices/${body.id}/send`, { body: "<script>1</script>" });
  await shell.deliver();
  const mail = await readLast(shell);
  expect(mail.html).not.toContain("<script>");
  expect(mail.html).not.toContain("<b>");
  expect(mail.text).toContain("<script>1</script>");
});

test("marking as sent mails nobody, and an address of its own replaces all others", async () => {
  const shell = await aShell();
  const customer = await aCustomer(shell);
  const { body } = await shell.call("POST", "/v1/invoices", { customer, items });
  await shell.call("POST", `/v1/invoices/${body.id}/mark-sent`, {});
  await shell.deliver();
  expect(shell.mails).toHaveLength(0);
  await shell.call("POST", `/v1/invoices/${body.id}/send`, { email: "Boss@acme.test" });
  await shell.deliver();
  expect(shell.mails).toMatchObject([{ to: ["boss@acme.test"], cc: [] }]);
});
