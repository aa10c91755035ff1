import { retainerLow } from "../../events/retainer-low.ts";
import { consumer } from "../kit/consumer.ts";
import { retainerLowLetter } from "../mail/letters/retainer-low.ts";
import { isOn } from "../portal/enter.ts";
import { mailCustomer, toldBy } from "./mail-contacts.ts";

const name = "retainer-low-mail";

/** Once per dip; with a top-up the mail that asks, or the receipt, says it. */
export const mailRetainerLow = consumer({
  name,
  on: ["retainer.low"],
  run: async (deps, envelope) => {
    const told = await toldBy(deps, envelope, name);
    const { currency, leftMinor: left, isToppedUp } = retainerLow.data.parse(envelope.data);
    if (!told || isToppedUp) return;
    const mayAdd = isOn(told.agency, "prePayment");
    await mailCustomer(told, {
      currency,
      letter: () => (paper, speech, context) =>
        retainerLowLetter({ agency: paper.agency, left, mayAdd }, speech, context),
    });
  },
});
