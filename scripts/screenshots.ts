import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSystem } from "../local/system.ts";
import { buildPortal } from "./build-portal.ts";
import { openBrowser } from "./chrome.ts";

/** The README's pictures, from a fresh system with its demo data. */
const folder = mkdtempSync(join(tmpdir(), "drawdown-pictures-"));
const options = { port: 0, host: "127.0.0.1", folder, endpoint: undefined, isQuiet: true };
await buildPortal();
const system = await startSystem({ ...options, clock: "2027-03-15T09:00:00.000Z" });
const browser = await openBrowser();

const { apiKey, portal } = (await system.ready()) as { apiKey: string; portal: string };
const headers = { "api-key": apiKey, "content-type": "application/json" };
// biome-ignore lint/suspicious/noExplicitAny: answers are read field by field, as a script does
const ask = async (method: string, path: string): Promise<any> =>
  (await fetch(`${system.url}/v1${path}`, { method, headers })).json();

async function shoot(
  name: string,
  { page: path, width, height }: { page: string; width: number; height: number },
): Promise<void> {
  const context = await browser.newContext({
    ...{ viewport: { width, height }, locale: "en-US", deviceScaleFactor: 1 },
  });
  const page = await context.newPage();
  await page.goto(`${portal}/login`);
  await page.getByLabel("E-mail address").fill("pay@acme.example");
  await page.getByRole("button", { name: "Send me a link" }).click();
  await page.getByText("Look into your mail").waitFor();
  await fetch(`${system.url}/__local/settle`, { method: "POST" });
  const mails = await (await fetch(`${system.url}/__local/mail`)).json();
  await page.goto(mails.at(-1).links.find((link: string) => link.includes("/login#")));
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByRole("heading", { name: "To pay" }).waitFor();
  await page.goto(`${portal}/${path}`);
  await page.waitForLoadState("networkidle");
  await page.screenshot({ path: `docs/images/${name}.png` });
  await context.close();
}

const { docs } = await ask("GET", "/invoices?search=acme&overdue=true");
await shoot("portal-home", { page: "", width: 1200, height: 800 });
await shoot("portal-invoice", { page: `invoices/${docs[0].id}`, width: 390, height: 780 });
await browser.close();
await system.stop();
rmSync(folder, { recursive: true, force: true });
