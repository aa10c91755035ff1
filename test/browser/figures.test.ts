import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fromMajor } from "../../domain/shared/money.ts";
import { formatMoney } from "../../functions/kit/format.ts";
import { readPdf, textOf } from "../support/pdf.ts";
import { aWorld, type Json, sizes, type World } from "./world.ts";

/** Protects: what the page, the mail, the PDF and the JSON say of one invoice is the same. */
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.stop());

/** Intl's narrow and unbreakable spaces as plain ones, and its minus as ours. */
const plain = (text: string): string =>
  text.replace(/[\u00a0\u2009\u202f\s]+/g, " ").replaceAll("−", "-");

const languages = [
  ["en-US", "From your retainer", "To pay"],
  ["de-DE", "Aus Ihrem Vorschuss", "Zu zahlen"],
] as const;

/** An invoice over work and tax, of which a retainer paid 1,800. */
async function aDrawnInvoice(lang: string): Promise<{ email: string; invoice: Json }> {
  const email = `ann@${lang.toLowerCase()}.test`;
  const billTo = { company: `Acme ${lang}` };
  const { id: customer } = await world.call("POST", "/customers", {
    billTo,
    lang,
    currency: "EUR",
  });
  const ann = { firstName: "Ann", lastName: "Lee", email };
  await world.call("POST", `/customers/${customer}/contacts`, ann);
  const common = { customer, currency: "EUR" };
  const retainer = await world.call("POST", "/invoices", {
    ...{ ...common, isRetainer: true, status: "Unpaid" },
    items: [{ name: "Retainer", quantity: 1, price: 1800 }],
  });
  await world.call("POST", `/invoices/${retainer.id}/payments`, { method: "Cash" });
  const draft = await world.call("POST", "/invoices", {
    ...common,
    items: [{ name: "Design", quantity: 12.5, price: 199.99 }],
    taxes: [{ name: "VAT", rate: 19 }],
  });
  await world.call("POST", `/invoices/${draft.id}/send`, {});
  return { email, invoice: await world.call("GET", `/invoices/${draft.id}`) };
}

const linkIn = ({ links }: Json): string => links.find((link: string) => link.includes("/p/"));

describe.each(languages)("in %s", (lang, fromRetainer, toPay) => {
  test("page, mail, PDF and JSON tell the same figures", async () => {
    const { email, invoice } = await aDrawnInvoice(lang);
    const mail = await world.mailTo(email);
    const context = await world.browser.newContext({ viewport: sizes.desktop, locale: lang });
    const page = await context.newPage();
    await page.goto(linkIn(mail));
    await page.getByText(fromRetainer).first().waitFor();
    const answer = await context.request.get(`${world.url}/portal/invoices/${invoice.id}/pdf`);
    const forms = {
      page: plain(await page.locator("main").innerText()),
      mail: plain(mail.text),
      html: plain(await (await context.newPage()).evaluate(textIn, mail.html)),
      pdf: plain(textOf(readPdf(await answer.body()))),
    };
    await context.close();

    const [{ retainer, amount: drawn }] = invoice.applications;
    expect([drawn, cents(invoice.balance)]).toEqual([1800, cents(invoice.total) - 180_000]);
    for (const [form, text] of Object.entries(forms)) {
      for (const figure of ["subTotal", "tax", "total", "balance"]) {
        expect([form, figure, text.includes(written(invoice[figure], lang))]).toEqual([
          ...[form, figure, true],
        ]);
      }
      expect(text).toContain(written(-drawn, lang));
      expect(text).toContain(`${fromRetainer} ${retainer.number}`);
      expect(text).toContain(toPay);
      expect(text).toContain(invoice.number);
    }
  });
});

const cents = (major: number): number => Math.round(major * 100);

function written(major: number, locale: string): string {
  const minor = fromMajor(major, "EUR");
  if (!minor.ok) throw new Error(minor.detail);
  return plain(formatMoney(minor.amount, "EUR", locale));
}

/** In the browser: a mail's HTML as its reader sees it. */
function textIn(html: string): string {
  return new DOMParser().parseFromString(html, "text/html").body.textContent ?? "";
}
