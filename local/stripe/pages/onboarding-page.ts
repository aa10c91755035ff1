import { html } from "hono/html";
import { type Markup, page } from "./layout.ts";

export function onboardingPage(account: { id: string; name: string }): Markup {
  return page(
    "Connect with Stripe",
    html`<section class="card">
<p class="quiet">Stripe account <code>${account.id}</code></p>
<h1>Connect ${account.name}</h1>
<p>At Stripe you would now fill in your firm's details and bank account. Here one button does it:
afterwards the account can take payments.</p>
<form method="post"><button type="submit">Complete onboarding</button></form>
</section>`,
  );
}
