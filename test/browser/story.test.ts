import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  aWorld,
  enterPortal,
  type Json,
  linkIn,
  payByCard,
  requireAccessible,
  requireWithin,
  sizes,
  type World,
} from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.stop());

const line = (name: string, price: number) => [{ name, quantity: 1, price }];

/** A customer with a contact to whom an agency has sent a quote of a retainer. */
async function aQuoted(name: string): Promise<{ customer: string; email: string; quote: Json }> {
  const email = `ann@${name}.test`;
  const { id: customer } = await world.call("POST", "/customers", { billTo: { company: name } });
  await world.call("POST", `/customers/${customer}/contacts`, {
    ...{ firstName: "Ann", lastName: "Lee", email },
  });
  const quote = await world.call("POST", "/quotes", {
    ...{ customer, isRetainer: true, items: line("Retainer", 5000), validUntil: "2027-02-01" },
  });
  await world.call("POST", `/quotes/${quote.id}/send`, {});
  return { customer, email, quote };
}

const logIn = (page: Page, email: string): Promise<void> => enterPortal(world, page, email);

describe.each(["phone", "desktop"] as const)("on a %s", (size) => {
  test("from the mail's link to the statement", async () => {
    const { customer, email } = await aQuoted(`acme-${size}`);
    const context = await world.browser.newContext({ viewport: sizes[size], locale: "en-US" });
    const page = await context.newPage();
    const broken: string[] = [];
    page.on("pageerror", (error) => broken.push(String(error)));

    // The quote's own link: approve, pay in advance, come back.
    await page.goto(linkIn(await world.mailTo(email)));
    await page.getByRole("button", { name: "Approve" }).waitFor();
    await requireAccessible(page);
    await page.getByRole("button", { name: "Approve" }).click();
    await page.getByRole("button", { name: "Pay $5,000.00" }).click();
    await payByCard(page, "4242424242424242");
    await page.getByText("Paid. Thank you.").waitFor();
    expect(await page.getByText("To pay").first().isVisible()).toBe(true);

    // Work is billed; the retainer covers the first invoice and part of the second.
    for (const [name, price] of [
      ["Strategy", 3200],
      ["Design", 2500],
    ] as const) {
      await world.call("POST", "/invoices", {
        customer,
        items: line(name, price),
        status: "Unpaid",
      });
    }
    await world.local("POST", "settle");
    await logIn(page, email);
    await page.getByText("$0.00").first().waitFor();
    await page.getByRole("application", { name: "Your retainer over time" }).waitFor();
    await requireAccessible(page);

    // The rest is paid: the first card is declined, the second isn't.
    await page.getByRole("link", { name: "Pay $700.00" }).click();
    await page.getByText(/From your retainer RET-/).waitFor();
    await page.getByText("−$1,800.00").waitFor();
    await requireAccessible(page);
    await page.getByRole("button", { name: "Pay $700.00" }).click();
    await payByCard(page, "4000000000000002");
    await page
      .getByText(/declined/i)
      .first()
      .waitFor();
    await payByCard(page, "4242424242424242");
    await page.getByText("Paid. Thank you.").waitFor();

    // Where it came from: over the retainer's payment and the retainer back to the quote.
    const trail = page.getByRole("navigation", { name: "How it hangs together" });
    for (const [link, title] of [
      [/^PAY-/, /^Payment PAY-/],
      [/^RET-/, /^Retainer RET-/],
      [/^QUO-/, /^Quote QUO-/],
      [/^INV-/, /^Invoice INV-/],
    ] as const) {
      await trail.getByRole("link", { name: link }).first().click();
      await page.getByRole("heading", { level: 1, name: title }).waitFor();
    }

    // Everything that moved, and the same sums as the account's.
    await page.goto(`${world.portal}/statement`);
    const closing = page.getByRole("row", { name: /Closing balance/ });
    await closing.waitFor();
    const { balances } = await world.call("GET", `/customers/${customer}/balance`);
    expect(balances[0]).toMatchObject({ outstanding: 0, unapplied: 0 });
    expect((await closing.innerText()).match(/\$[\d,.]+/g)).toEqual(["$0.00", "$0.00"]);
    expect(broken).toEqual([]);
    await context.close();
  });

  test("every page is accessible and holds together", async () => {
    const context = await world.browser.newContext({ viewport: sizes[size], locale: "en-US" });
    const page = await context.newPage();
    await logIn(page, "pay@acme.example");
    const { docs } = await world.call("GET", "/customers?search=acme%20ltd");
    const of = async (kind: string) =>
      (await world.call("GET", `/${kind}?customer=${docs[0].id}`)).docs[0].id;
    const paths = [
      ...[
        "",
        "invoices",
        "quotes",
        "recurring",
        "payments",
        "credits",
        "methods",
        "documents",
        "prepayment",
        "statement",
      ],
      ...["profile", `invoices/${await of("invoices")}`, `quotes/${await of("quotes")}`],
      ...[`payments/${await of("payments")}`, `recurring/${await of("recurring-invoices")}`],
    ];
    for (const path of paths) {
      await page.goto(`${world.portal}/${path}`);
      await page.locator("h1").waitFor();
      await page.waitForLoadState("networkidle");
      await requireAccessible(page);
      await requireWithin(page);
    }
    await context.close();
  });
});

test("money is sent ahead, and a saved card pays without a page", async () => {
  const context = await world.browser.newContext({ viewport: sizes.desktop, locale: "en-US" });
  const page = await context.newPage();
  await logIn(page, "pay@acme.example");
  await page.getByRole("link", { name: "Add to it" }).click();
  await page.getByLabel("Amount (USD)").fill("20");
  await page.getByRole("button", { name: "Continue with $20.00" }).click();
  await page.getByText("You were not charged.").waitFor();
  await page.getByLabel("Amount (USD)").fill("250");
  await page.getByText("Repeat").click();
  await page.getByText("We'll charge $250.00 every month, until I cancel").waitFor();
  await page.getByText("Repeat").click();
  await page.getByRole("button", { name: "Continue with $250.00" }).click();
  await payByCard(page, "4242424242424242");
  await page.waitForURL(/\/p\//);
  await world.local("POST", "settle");
  await page.goto(`${world.portal}/payments`);
  await page.getByText("$250.00").first().waitFor();

  await page.goto(`${world.portal}/`);
  await page.getByRole("link", { name: "Pay $504.00" }).click();
  await page.getByRole("radio", { name: /4242/ }).first().waitFor({ state: "attached" });
  await page.getByRole("button", { name: "Pay $504.00" }).click();
  await page.getByText("Paid. Thank you.").waitFor();
  await context.close();
});

test("without a connection the page says so, sends nothing, and goes on by itself", async () => {
  const context = await world.browser.newContext({ viewport: sizes.phone, locale: "en-US" });
  const page = await context.newPage();
  const { docs } = await world.call("GET", "/invoices?search=birch&status=Unpaid");
  const customer = docs[0].customer;
  const email = "bo@birch-offline.test";
  await world.call("POST", `/customers/${customer}/contacts`, { email, firstName: "Bo" });
  await logIn(page, email);
  await page.goto(`${world.portal}/invoices/${docs[0].id}`);
  const pay = page.getByRole("button", { name: /^Pay \$/ });
  await pay.waitFor();
  await context.setOffline(true);
  await page.getByText("No connection. What you see may be old").waitFor();
  await requireAccessible(page);
  const sent: string[] = [];
  page.on("request", (request) => request.method() === "POST" && sent.push(request.url()));
  await pay.click();
  await page.getByText("There is no connection. Nothing was sent").waitFor();
  const tried = sent.length;
  await context.setOffline(false);
  await page.getByText("No connection. What you see may be old").waitFor({ state: "detached" });
  await world.local("POST", "settle");
  expect(sent).toHaveLength(tried);
  const after = await world.call("GET", `/invoices/${docs[0].id}`);
  expect([after.status, after.balance]).toEqual([docs[0].status, docs[0].balance]);
  await context.close();
});

test("the chart's changes are told to whoever has no mouse", async () => {
  const context = await world.browser.newContext({ viewport: sizes.desktop, locale: "en-US" });
  const page = await context.newPage();
  await logIn(page, "pay@acme.example");
  const chart = page.getByRole("application", { name: "Your retainer over time" });
  await chart.focus();
  const told = page.locator("figure").getByRole("status");
  await told.waitFor();
  const first = await told.innerText();
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => told.innerText()).not.toBe(first);
  expect(await told.innerText()).toMatch(/^INV-\d+ -\$[\d,.]+\s/);
  await requireAccessible(page);
  await context.close();
});

test("another customer's invoice is no page, a used link is told, and who logs out is out", async () => {
  const context = await world.browser.newContext({ viewport: sizes.phone, locale: "en-US" });
  const page = await context.newPage();
  const { docs } = await world.call("GET", "/invoices?search=birch");
  await logIn(page, "pay@acme.example");
  const used = linkIn(await world.mailTo("pay@acme.example"));
  await page.goto(`${world.portal}/invoices/${docs[0].id}`);
  await page.getByText("There is no such page").waitFor();

  await page.goto(`${world.portal}/`);
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("button", { name: "Log out" }).last().click();
  await page.getByLabel("E-mail address").waitFor();
  await page.goto(`${world.portal}/invoices`);
  await page.getByLabel("E-mail address").waitFor();

  await page.goto(used);
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByText("This link doesn't work any more").waitFor();
  await requireAccessible(page);
  await context.close();
});
