import { expect, test } from "vitest";
import { aContact, aDocument, aPortalWorld, aVisitor, loggedIn, settings } from "./world.ts";

test("home tells what is left, what is due and what happened", async () => {
  const { shell, person, visitor } = await aPortalWorld();
  const { customer } = person;
  const empty = await visitor.get("/portal/home");
  expect(empty).toMatchObject({ retainers: [], toPay: [], recent: [], comingUp: [] });
  expect(empty.balances).toEqual([
    { currency: "USD", due: 0, overdue: 0, outstanding: 0, unapplied: 0, credit: 0 },
  ]);
  const retainer = await aDocument(shell, { customer, amount: 5000, isRetainer: true });
  await shell.call("POST", `/v1/invoices/${retainer.id}/payments`, { method: "Cash" });
  shell.clock.advance("P20D");
  const first = await aDocument(shell, { customer, amount: 3200 });
  shell.clock.advance("P20D");
  const late = await aDocument(shell, { customer, amount: 2500, dueDate: "2027-04-10" });
  shell.clock.advance("P2D");
  const home = await (await loggedIn(shell, shell, person)).get("/portal/home");
  expect(home.balances).toEqual([
    { currency: "USD", due: 700, overdue: 700, outstanding: 700, unapplied: 0, credit: 0 },
  ]);
  expect(home.toPay).toMatchObject([
    { id: late.id, number: "INV-0002", balance: 700, isOverdue: true, about: "Work" },
  ]);
  const [card] = home.retainers;
  expect(card).toMatchObject({ currency: "USD", remaining: 0, lastsUntil: null });
  expect(card.series).toMatchObject([
    { kind: "payment", amount: 5000, balance: 5000, number: expect.stringMatching(/^PAY-/) },
    { kind: "invoice", amount: -3200, balance: 1800, number: "INV-0001" },
    { kind: "invoice", amount: -1800, balance: 0, number: "INV-0002" },
  ]);
  expect(home.recent.map(({ type, number, amount }: never) => [type, number, amount])).toEqual([
    ["invoice.issued", "INV-0002", 2500],
    ["invoice.issued", "INV-0001", 3200],
    ["payment.received", expect.stringMatching(/^PAY-/), 5000],
    ["invoice.issued", "RET-0001", 5000],
  ]);
  expect(first.status).toBe("Paid");
});

test("the card tells how long the money lasts at the pace of the last weeks", async () => {
  const { shell, person, visitor } = await aPortalWorld();
  const { customer } = person;
  const retainer = await aDocument(shell, { customer, amount: 5000, isRetainer: true });
  await shell.call("POST", `/v1/invoices/${retainer.id}/payments`, { method: "Cash" });
  shell.clock.advance("P10D");
  await aDocument(shell, { customer, amount: 2500 });
  const [card] = (await visitor.get("/portal/home")).retainers;
  expect(card).toMatchObject({ remaining: 2500, drawn: 2500, lastsUntil: "2027-03-21" });
  expect(card.retainers).toMatchObject([
    {
      number: "RET-0001",
      funded: 5000,
      drawn: 2500,
      remaining: 2500,
      drawStatus: "PartiallyDrawn",
    },
  ]);
});

test("lists issued invoices, never drafts, by what is to be done with them", async () => {
  const { shell, person, visitor } = await aPortalWorld();
  const { customer } = person;
  const draft = await aDocument(shell, { customer, amount: 10, status: "Draft" });
  const paid = await aDocument(shell, { customer, amount: 100 });
  await shell.call("POST", `/v1/invoices/${paid.id}/mark-paid`, {});
  const open = await aDocument(shell, { customer, amount: 200 });
  const late = await aDocument(shell, { customer, amount: 300, dueDate: "2027-03-01" });
  const canceled = await aDocument(shell, { customer, amount: 400 });
  await shell.call("POST", `/v1/invoices/${canceled.id}/cancel`, { reason: "twice" });
  shell.clock.advance("P2D");
  const ids = async (query: string) =>
    (await visitor.get(`/portal/invoices${query}`)).docs.map(({ id }: never) => id).sort();
  const sorted = (...docs: { id: string }[]) => docs.map(({ id }) => id).sort();
  expect(await ids("")).toEqual(sorted(paid, open, late, canceled));
  expect(await ids("?status=paid")).toEqual(sorted(paid));
  expect(await ids("?status=unpaid")).toEqual(sorted(open, late));
  expect(await ids("?status=overdue")).toEqual(sorted(late));
  expect(await ids("?status=canceled")).toEqual(sorted(canceled));
  expect(await ids("?kind=retainer")).toEqual([]);
  const gone = await visitor.call("GET", `/portal/invoices/${draft.id}`);
  expect(gone).toMatchObject({ status: 404, body: { code: "invoice.not-found" } });
});

test("an invoice shows each retainer that paid it; the retainer shows what it paid", async () => {
  const { shell, person, visitor } = await aPortalWorld();
  const { customer } = person;
  const retainer = await aDocument(shell, { customer, amount: 1000, isRetainer: true });
  await shell.call("POST", `/v1/invoices/${retainer.id}/payments`, { method: "Cash" });
  const { id } = await aDocument(shell, { customer, amount: 1500 });
  const invoice = await visitor.get(`/portal/invoices/${id}`);
  expect(invoice).toMatchObject({
    status: "Partial",
    paid: 1000,
    balance: 500,
    fromRetainers: [{ id: retainer.id, number: "RET-0001", amount: 1000 }],
    fromPayments: [],
    pay: null,
  });
  const drawn = await visitor.get(`/portal/invoices/${retainer.id}`);
  expect(drawn).toMatchObject({
    drawStatus: "Drawn",
    fundedBy: [{ amount: 1000, method: "Cash" }],
    drawnBy: [{ invoice: { id, number: "INV-0001" }, amount: 1000 }],
  });
});

test("the first look at an invoice is noted, once", async () => {
  const { shell, person, visitor } = await aPortalWorld();
  const { id } = await aDocument(shell, { customer: person.customer, amount: 100 });
  shell.clock.advance("PT1H");
  await visitor.get(`/portal/invoices/${id}`);
  shell.clock.advance("PT1H");
  await visitor.get(`/portal/invoices/${id}`);
  const { body } = await shell.call("GET", `/v1/invoices/${id}`);
  expect(body.viewedAt).toBe("2027-03-01T10:00:00.000Z");
  const seen = (await shell.deliver()).filter(({ type }) => type === "invoice.viewed");
  expect(seen).toMatchObject([{ subject: id, actor: { contact: person.id } }]);
});

test("payments tell what they paid and what is left of them", async () => {
  const { shell, person, visitor } = await aPortalWorld();
  const { customer } = person;
  const invoice = await aDocument(shell, { customer, amount: 400 });
  const made = await shell.call("POST", "/v1/payments", {
    ...{ customer, amount: 1000, currency: "USD", method: "BankTransfer" },
    applications: [{ invoice: invoice.id, amount: 400 }],
  });
  await shell.call("POST", `/v1/payments/${made.body.id}/refund`, { amount: 100 });
  const voided = await shell.call("POST", "/v1/payments", {
    ...{ customer, amount: 5, currency: "USD", method: "Cash" },
  });
  await shell.call("POST", `/v1/payments/${voided.body.id}/void`, { reason: "typo" });
  const list = await visitor.get("/portal/payments");
  expect(list.docs).toMatchObject([{ id: made.body.id, applied: 400, unapplied: 500 }]);
  const payment = await visitor.get(`/portal/payments/${made.body.id}`);
  expect(payment).toMatchObject({
    applications: [{ invoice: { id: invoice.id, number: "INV-0001" }, amount: 400 }],
    refunds: [{ amount: 100, status: "Succeeded" }],
  });
});

test("credits show what is left and when it expires, drafts don't", async () => {
  const { shell, person, visitor } = await aPortalWorld();
  const { customer } = person;
  const terms = { customer, currency: "USD", amount: 50, reason: "sorry" };
  await shell.call("POST", "/v1/credits", terms);
  const made = await shell.call("POST", "/v1/credits", { ...terms, expiresOn: "2027-03-31" });
  await shell.call("POST", `/v1/credits/${made.body.id}/issue`);
  const { docs } = await visitor.get("/portal/credits");
  expect(docs).toMatchObject([{ number: "CRE-0001", balance: 50, expiresOn: "2027-03-31" }]);
});

test("a statement says what happened in the reader's own language", async () => {
  const { shell, person, visitor } = await aPortalWorld();
  const retainer = await aDocument(shell, {
    ...{ customer: person.customer, amount: 500, isRetainer: true },
  });
  await shell.call("POST", `/v1/invoices/${retainer.id}/payments`, { method: "Cash" });
  await aDocument(shell, { customer: person.customer, amount: 320 });
  const path = "/portal/statement?from=2027-01-01&to=2027-12-31";
  const said = async () =>
    (await visitor.get(path)).lines.map(({ text }: { text: string }) => text);
  expect(await said()).toEqual([
    ...["Payment received", "Invoice", "Paid from what was on your account"],
  ]);
  await visitor.call("PATCH", "/portal/profile", { lang: "de" });
  expect(await said()).toEqual(["Zahlung erhalten", "Rechnung", "Aus Ihrem Guthaben bezahlt"]);
});

test("papers come as PDF", async () => {
  const { shell, person, visitor } = await aPortalWorld();
  const { customer } = person;
  const { id } = await aDocument(shell, { customer, amount: 400 });
  const paid = await shell.call("POST", `/v1/invoices/${id}/payments`, { method: "Cash" });
  const items = [{ name: "Work", quantity: 1, price: 10 }];
  const quote = await shell.call("POST", "/v1/quotes", { customer, items });
  await shell.call("POST", `/v1/quotes/${quote.body.id}/mark-sent`);
  for (const path of [
    `/portal/invoices/${id}/pdf`,
    `/portal/payments/${paid.body.id}/pdf`,
    `/portal/quotes/${quote.body.id}/pdf`,
    "/portal/statement?from=2027-01-01&to=2027-12-31&format=pdf",
  ]) {
    const answer = await visitor.call("GET", path);
    expect({ path, status: answer.status }).toEqual({ path, status: 200 });
    expect(answer.headers["content-type"]).toBe("application/pdf");
    expect(Buffer.from(String(answer.body), "base64").subarray(0, 5).toString()).toBe("%PDF-");
  }
});

test("a contact changes its own data and the customer's address", async () => {
  const { shell, person, visitor } = await aPortalWorld();
  const before = await visitor.get("/portal/profile");
  expect(before).toMatchObject({ email: "ann@acme.test", customer: { name: "Acme" } });
  const changed = await visitor.call("PATCH", "/portal/profile", {
    ...{ lastName: "Lind", lang: "de", email: "Anna@acme.test" },
    billTo: { company: "Acme Ltd", address: "1 New Road" },
  });
  expect(changed).toMatchObject({
    status: 200,
    body: {
      lastName: "Lind",
      email: "anna@acme.test",
      customer: { billTo: { company: "Acme Ltd", address: "1 New Road", email: null } },
    },
  });
  expect(await visitor.get("/portal/profile")).toEqual(changed.body);
  const types = (await shell.deliver()).filter(({ actor }) => actor.contact === person.id);
  const told = ["portal.logged-in", "contact.updated", "customer.updated"];
  expect(types.map(({ type }) => type)).toEqual(told);
  const colleague = await aContact(shell, { customer: person.customer, email: "bo@acme.test" });
  const taken = await visitor.call("PATCH", "/portal/profile", { email: colleague.email });
  expect(taken).toMatchObject({ status: 409, body: { code: "contact.email-taken" } });
});

test("a module that the agency turned off isn't there", async () => {
  const { shell, person, visitor } = await aPortalWorld();
  const { id } = await aDocument(shell, { customer: person.customer, amount: 100 });
  const modules = ["invoices", "payments", "quotes", "credits", "paymentMethods", "statement"];
  await settings(shell, {
    portal: { modules: Object.fromEntries(modules.map((name) => [name, false])) },
  });
  for (const path of [
    ...["invoices", `invoices/${id}`, `invoices/${id}/pdf`, "payments", "quotes", "credits"],
    ...["payment-methods", "statement?from=2027-01-01&to=2027-02-01", "prepayments"],
  ]) {
    const answer = await visitor.call("GET", `/portal/${path}`);
    expect({ path, status: answer.status }).toEqual({ path, status: 404 });
  }
  const paid = await visitor.call("POST", `/portal/invoices/${id}/pay`, {});
  expect(paid.status).toBe(404);
  const me = await visitor.get("/portal/me");
  expect(me.modules).toMatchObject({ invoices: false, prePayment: false, documents: true });
});

test("a contact of another customer, and one of another agency, see nothing of it", async () => {
  const { shell, person } = await aPortalWorld();
  const { id } = await aDocument(shell, { customer: person.customer, amount: 100 });
  const colleague = await aContact(shell, { company: "Beta", email: "bo@beta.test" });
  const agency = await shell.anotherAgency();
  const stranger = await aContact(agency, { company: "Acme" });
  for (const visitor of [
    await loggedIn(shell, shell, colleague),
    await loggedIn(shell, agency, stranger),
    aVisitor(shell),
  ]) {
    const answer = await visitor.call("GET", `/portal/invoices/${id}`);
    expect([401, 404]).toContain(answer.status);
    const list = await visitor.call("GET", "/portal/invoices");
    expect(list.body.total ?? 0).toBe(0);
  }
});
