import { html } from "hono/html";
import { type Markup, page } from "./layout.ts";

/** The bank's own page, where a payer proves who they are. */
export function authenticationPage(merchant: string, what: string): Markup {
  return page(
    "Confirm with your bank",
    html`<section class="card">
<p class="quiet">Your bank (test)</p>
<h1>Is this you?</h1>
<p>${merchant} asks you to confirm: ${what}.</p>
<form method="post">
<button type="submit" name="authentication" value="complete">Complete authentication</button>
<button type="submit" name="authentication" value="fail" class="second">Fail authentication</button>
</form>
</section>`,
  );
}
