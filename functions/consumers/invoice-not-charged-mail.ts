import { consumer } from "../kit/consumer.ts";
import { notChargedLetter } from "../mail/letters/not-charged.ts";
import { mailOpenInvoice, toldBy } from "./mail-contacts.ts";

const name = "invoice-not-charged-mail";

/** The contact is told what to do; the mail's link leads to the document. */
export const mailNotCharged = consumer({
  name,
  on: ["invoice.not-charged"],
  run: async (deps, envelope) => {
    const told = await toldBy(deps, envelope, name);
    if (told) await mailOpenInvoice(told, () => notChargedLetter);
  },
});
