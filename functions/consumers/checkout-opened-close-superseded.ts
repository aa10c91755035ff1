import { loadIntents } from "../../domain/payments/intent.store.ts";
import { consumer } from "../kit/consumer.ts";
import { closePage } from "./close-page.ts";

/** Of two pages for one document only the newer one can be paid. */
export const closeSupersededPages = consumer({
  name: "checkout-opened-close-superseded",
  on: ["checkout.opened"],
  run: async (deps, { agency, data }) => {
    if (!agency || !Array.isArray(data.superseded)) return;
    const tenant = await deps.tenant(agency);
    const intents = await loadIntents(tenant, data.superseded.map(String));
    for (const intent of intents) await closePage(deps, intent);
  },
});
