import { dayIn } from "../../domain/shared/calendar.ts";
import { consumer } from "../kit/consumer.ts";
import { reminderLetter } from "../mail/letters/reminder.ts";
import { mailOpenInvoice, toldBy } from "./mail-contacts.ts";

const name = "invoice-reminded-mail";

export const mailReminder = consumer({
  name,
  on: ["invoice.reminded"],
  run: async (deps, envelope) => {
    const told = await toldBy(deps, envelope, name);
    if (!told) return;
    const today = dayIn(envelope.at, told.agency.settings.timeZone);
    await mailOpenInvoice(
      told,
      () => (view, speech, context) => reminderLetter(view, speech, { ...context, today }),
    );
  },
});
