import { readFileSync } from "node:fs";
import { unzipSync } from "fflate";
import type { Download, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  aWorld,
  enterPortal,
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

async function aVisit(size: keyof typeof sizes, email: string): Promise<Page> {
  const context = await world.browser.newContext({
    ...{ viewport: sizes[size], locale: "en-US", acceptDownloads: true },
  });
  const page = await context.newPage();
  await enterPortal(world, page, email);
  return page;
}

/** What a click makes the browser keep. */
async function kept(page: Page, click: () => Promise<void>): Promise<[string, Buffer]> {
  const [download] = await Promise.all([page.waitForEvent("download"), click()]);
  return [download.suggestedFilename(), readFileSync(await (download as Download).path())];
}

describe.each(["phone", "desktop"] as const)("on a %s", (size) => {
  let page: Page;
  beforeAll(async () => {
    page = await aVisit(size, "pay@acme.example");
  });
  afterAll(() => page.context().close());

  test("a contact sees what is shared, and keeps it under its name", async () => {
    await page.goto(`${world.portal}/documents`);
    const file = page.getByRole("button", { name: "Download Retainer agreement.pdf" });
    await file.waitFor();
    expect(await page.getByText("Kick-off notes").count()).toBe(0);
    expect(await page.getByRole("row").count()).toBe(2);
    await requireAccessible(page);
    await requireWithin(page);
    const [name, bytes] = await kept(page, () => file.click());
    expect(name).toBe("Retainer agreement.pdf");
    expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
    expect(page.url()).toBe(`${world.portal}/documents`);
  });

  test("chosen invoices are kept as PDFs in one zip", async () => {
    await page.goto(`${world.portal}/invoices`);
    const boxes = page.getByRole("checkbox");
    await boxes.first().waitFor();
    const chosen = [await boxes.nth(0).getAttribute("aria-label")];
    chosen.push(await boxes.last().getAttribute("aria-label"));
    await boxes.nth(0).check();
    await boxes.last().check();
    await page.getByText("2 chosen").waitFor();
    await requireAccessible(page);
    await requireWithin(page);
    const [name, bytes] = await kept(page, () =>
      page.getByRole("button", { name: "Download PDFs" }).click(),
    );
    expect(name).toMatch(/^invoices-2027-01-04\.zip$/);
    const numbers = chosen.map((label) => `${label?.replace("Choose ", "")}.pdf`);
    expect(Object.keys(unzipSync(bytes)).sort()).toEqual(numbers.sort());
    await page.getByRole("button", { name: "Download PDFs" }).waitFor();
  });
});

test("nothing shared yet is told, and so is a page that can't be loaded, or a file that is gone", async () => {
  const page = await aVisit("phone", "office@birch.example");
  await page.goto(`${world.portal}/documents`);
  await page.getByText("No documents").waitFor();
  await requireAccessible(page);

  await page.route("**/portal/documents?*", (route) => route.abort());
  await page.reload();
  await page.getByText("There is no connection.").waitFor();
  await requireAccessible(page);
  await page.unroute("**/portal/documents?*");
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByText("No documents").waitFor();
  await page.context().close();

  const acme = await aVisit("desktop", "pay@acme.example");
  await acme.goto(`${world.portal}/documents`);
  await acme.route("**/portal/documents/doc_*", (route) => route.fulfill({ status: 404 }));
  await acme.getByRole("button", { name: "Download Retainer agreement.pdf" }).click();
  await acme.getByText("There is no such page").waitFor();
  await requireAccessible(acme);
  await acme.context().close();
});

test("a switched-off tab is not there", async () => {
  await world.call("PATCH", "/agency", { settings: { portal: { modules: { documents: false } } } });
  const page = await aVisit("desktop", "pay@acme.example");
  await page.getByRole("link", { name: "Payments" }).first().waitFor();
  expect(await page.getByRole("link", { name: "Documents" }).count()).toBe(0);
  await page.goto(`${world.portal}/documents`);
  await page.getByText("There is no such page").waitFor();
  await page.context().close();
  await world.call("PATCH", "/agency", { settings: { portal: { modules: { documents: true } } } });
});

/** Everything but who is there: that is known before any page is. */
const content = /\/portal\/(?!me$)/;
const views = [
  ...["", "invoices", "invoices/inv_1", "quotes", "quotes/quo_1", "recurring", "recurring/rec_1"],
  ...["payments", "payments/pay_1", "credits", "methods", "documents", "statement", "profile"],
];

test("every page says where one is, while it waits and when it can't be loaded", async () => {
  const page = await aVisit("phone", "pay@acme.example");
  const headings = async (path: string, until: string): Promise<[string, number]> => {
    await page.goto(`${world.portal}/${path}`);
    await page.locator(until).first().waitFor();
    return [path, await page.getByRole("heading", { level: 1 }).count()];
  };
  // Neither answered nor refused.
  await page.route(content, () => undefined);
  for (const view of views) expect(await headings(view, "[aria-busy]")).toEqual([view, 1]);
  await requireAccessible(page);
  await page.unroute(content);
  await page.route(content, (route) => route.fulfill({ status: 404 }));
  for (const view of views) expect(await headings(view, "[role=alert]")).toEqual([view, 1]);
  await requireAccessible(page);
  await page.route("**/portal/me", (route) => route.fulfill({ status: 404 }));
  for (const view of ["invoices", "login"]) {
    expect(await headings(view, "[role=alert]")).toEqual([view, 1]);
    await requireAccessible(page);
  }
  await page.context().close();
});
