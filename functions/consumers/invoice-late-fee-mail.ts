import { isCurrency } from "../../domain/shared/currencies.ts";
import { fromMajor } from "../../domain/shared/money.ts";
import { isOwnEvent } from "../../events/envelope.ts";
import { invoiceLateFee } from "../../events/invoice-late-fee.ts";
import { consumer } from "../kit/consumer.ts";
import { lateFeeLetter } from "../mail/letters/late-fee.ts";
import { mailOpenInvoice, toldBy } from "./mail-contacts.ts";

const name = "invoice-late-fee-mail";

export const mailLateFee = consumer({
  name,
  on: ["invoice.late-fee"],
  run: async (deps, envelope) => {
    const told = isOwnEvent(envelope) ? await toldBy(deps, envelope, name) : undefined;
    if (!told) return;
    const { fee: major } = invoiceLateFee.data.parse(envelope.data);
    await mailOpenInvoice(told, ({ invoice }) => {
      const fee = isCurrency(invoice.currency) ? fromMajor(major, invoice.currency) : null;
      const amount = fee?.ok ? fee.amount : 0;
      return (view, speech, context) => lateFeeLetter(view, speech, { ...context, fee: amount });
    });
  },
});
