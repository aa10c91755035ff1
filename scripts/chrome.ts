import { existsSync } from "node:fs";
import chromium from "@sparticuz/chromium";
import { type Browser, chromium as driver } from "playwright-core";

const installed = ["/usr/bin/google-chrome", "/usr/bin/chromium", "/usr/bin/chromium-browser"];

/** A Chrome that is on the machine, else the one that an npm package brings along. */
export async function openBrowser(): Promise<Browser> {
  const found = installed.find((path) => existsSync(path));
  const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"];
  return driver.launch({
    executablePath: found ?? (await chromium.executablePath()),
    args: ["--no-sandbox", "--disable-gpu", ...quiet],
    headless: true,
  });
}
