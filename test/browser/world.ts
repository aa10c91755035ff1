import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { expect } from "vitest";
import { startSystem } from "../../local/system.ts";
import { openBrowser } from "../../scripts/chrome.ts";

// biome-ignore lint/suspicious/noExplicitAny: tests read answers field by field
export type Json = any;

export const sizes = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1440, height: 900 },
} as const;

export interface World {
  readonly url: string;
  readonly portal: string;
  readonly browser: Browser;
  call(method: string, path: string, body?: object): Promise<Json>;
  local(method: string, path: string, body?: object): Promise<Json>;
  /** The newest mail to this address. */
  mailTo(address: string): Promise<Json>;
  stop(): Promise<void>;
}

/** The whole system with its pages, and a browser. */
export async function aWorld(): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), "drawdown-browser-"));
  const options = { port: 0, host: "127.0.0.1", folder, endpoint: undefined, isQuiet: true };
  const [system, browser] = await Promise.all([
    startSystem({ ...options, clock: "2027-01-04T09:00:00.000Z" }),
    openBrowser(),
  ]);
  const asked = async (method: string, path: string, body?: object, key?: string) => {
    const answer = await fetch(`${system.url}${path}`, {
      method,
      headers: { "content-type": "application/json", ...(key ? { "api-key": key } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  };
  const local = (method: string, path: string, body?: object) =>
    asked(method, `/__local/${path}`, body);
  const ready = await local("GET", "ready");
  return {
    url: system.url,
    portal: ready.portal,
    browser,
    local,
    call: (method, path, body) => asked(method, `/v1${path}`, body, ready.apiKey),
    async mailTo(address) {
      await local("POST", "settle");
      const mails = await local("GET", "mail");
      return mails.findLast(({ to }: Json) => to.includes(address));
    },
    async stop() {
      await browser.close();
      await system.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Nothing that axe, the accessibility checker, objects to. */
export async function requireAccessible(page: Page): Promise<void> {
  // Run by the tools' door: the page's own policy lets no foreign script in.
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
  expect(found, page.url()).toEqual([]);
}

/** As a person does on Stripe's page. */
export async function payByCard(page: Page, number: string): Promise<void> {
  await page.locator("input[name=number]").waitFor();
  const card = { number, exp: "12 / 34", cvc: "123", name: "Ann Lee" };
  for (const [field, value] of Object.entries(card)) {
    await page.locator(`input[name=${field}]`).fill(value);
  }
  await page.locator("form button").last().click();
}

/** No page is wider than its screen. */
export async function requireWithin(page: Page): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, `${page.url()} is wider than the screen`).toBeLessThanOrEqual(0);
}

export const linkIn = ({ links }: Json): string =>
  links.find((link: string) => link.includes("/p/"));

/** As a person does: asks for a link, follows it out of the mail, and is in. */
export async function enterPortal(world: World, page: Page, email: string): Promise<void> {
  await page.goto(`${world.portal}/login`);
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("button", { name: "Send me a link" }).click();
  await page.getByText("Look into your mail").waitFor();
  await page.goto(linkIn(await world.mailTo(email)));
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByRole("heading", { name: "To pay" }).waitFor();
}
