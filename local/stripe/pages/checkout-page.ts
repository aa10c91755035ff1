import { html } from "hono/html";
import type Stripe from "stripe";
import { spokenAmount } from "../kit/amounts.ts";
import { testMethods } from "../payments/test-methods.ts";
import { alert, type Markup, page } from "./layout.ts";

export interface CheckoutView {
  session: Stripe.Checkout.Session;
  merchant: string;
  lineItems: Stripe.LineItem[];
  description: string | null;
  customerEmail: string | null;
  /** Why the last attempt failed. */
  error: string | null;
  name: string;
}

const verbs: Record<string, string> = { book: "Book", donate: "Donate" };

export function buttonText(session: Stripe.Checkout.Session): string {
  if (session.mode === "setup") return "Save card";
  const amount = spokenAmount(session.amount_total ?? 0, session.currency ?? "usd");
  return `${verbs[session.submit_type ?? ""] ?? "Pay"} ${amount}`;
}

export function checkoutPage(view: CheckoutView): Markup {
  const { session, merchant, error } = view;
  const button = buttonText(session);
  const consequence = session.mode === "setup" ? "Nothing was saved." : "You were not charged.";
  const title =
    session.mode === "setup" ? `Save a payment method with ${merchant}` : `Pay ${merchant}`;
  return page(
    title,
    html`<section class="card">
<p class="quiet">${merchant}</p>
${heading(view)}
${error === null ? "" : alert(error, consequence)}
<form method="post" novalidate>
${fields(view)}
<button type="submit">${button}</button>
</form>
${session.cancel_url === null ? "" : html`<p style="margin:16px 0 0"><a href="${session.cancel_url}">Back to ${merchant}</a></p>`}
</section>
${testCards(session)}`,
  );
}

function heading(view: CheckoutView): Markup {
  const { session, lineItems, description } = view;
  if (session.mode === "setup") {
    return html`<h1>Save a payment method</h1>
<p class="quiet">It can be charged later, as you agreed with ${view.merchant}. Nothing is charged now.</p>`;
  }
  const currency = session.currency ?? "usd";
  return html`<h1>${spokenAmount(session.amount_total ?? 0, currency)}</h1>
${description === null ? "" : html`<p>${description}</p>`}
<dl>${lineItems.map(
    (item) =>
      html`<div><dt>${item.description}${item.quantity === 1 ? "" : ` × ${item.quantity}`}</dt>
<dd>${spokenAmount(item.amount_total, currency)}</dd></div>`,
  )}</dl>`;
}

function fields(view: CheckoutView): Markup {
  const { session } = view;
  const takesBank = session.payment_method_types.includes("us_bank_account");
  const numberLabel = takesBank ? "Card or bank account number" : "Card number";
  const problem = view.error === null ? "" : html` aria-describedby="error"`;
  const asksEmail = view.customerEmail === null;
  return html`${asksEmail ? emailField() : html`<p class="quiet small">Receipt to ${view.customerEmail}</p>`}
<div class="field"><label for="number">${numberLabel}</label>
<input id="number" name="number" inputmode="numeric" autocomplete="cc-number" placeholder="4242 4242 4242 4242" required${problem}></div>
<div class="pair">
<div class="field"><label for="exp">Expires (MM/YY)</label>
<input id="exp" name="exp" inputmode="numeric" autocomplete="cc-exp" placeholder="12 / 34"></div>
<div class="field"><label for="cvc">Security code (CVC)</label>
<input id="cvc" name="cvc" inputmode="numeric" autocomplete="cc-csc" placeholder="123"></div>
</div>
${takesBank ? html`<p class="hint" style="margin:-8px 0 16px">A bank account needs neither.</p>` : ""}
<div class="field"><label for="name">Name on the card or account</label>
<input id="name" name="name" autocomplete="cc-name" value="${view.name}"></div>
${session.saved_payment_method_options === null ? "" : saveTick()}`;
}

const emailField = () => html`<div class="field"><label for="email">Email (for the receipt)</label>
<input id="email" name="email" type="email" autocomplete="email"></div>`;

const saveTick = () => html`<div class="tick">
<input id="save" name="save" type="checkbox" value="true"><label for="save">Save this for later payments</label></div>`;

function testCards(session: Stripe.Checkout.Session): Markup {
  const shown = testMethods.filter(
    (method) => method.shown !== undefined && session.payment_method_types.includes(method.type),
  );
  return html`<h2>Test cards</h2>
<p class="quiet small">Any expiry date in the future and any security code will do.</p>
<table><thead><tr><th scope="col">Number</th><th scope="col">What it does</th></tr></thead>
<tbody>${shown.map(
    (method) =>
      html`<tr><td><code>${spaced(method.number)}</code></td><td>${method.shown}</td></tr>`,
  )}</tbody></table>`;
}

function spaced(number: string): string {
  return number.length === 16 ? number.replace(/(\d{4})(?=\d)/g, "$1 ") : number;
}
