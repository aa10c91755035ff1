import { loadAgencyWithLogo } from "../../domain/agencies/agency.store.ts";
import { listContacts } from "../../domain/customers/contact.store.ts";
import { loadCustomer } from "../../domain/customers/customer.store.ts";
import { isCurrency } from "../../domain/shared/currencies.ts";
import { statementSent } from "../../events/statement-sent.ts";
import { loadStatement } from "../api/reports/load-statement.ts";
import { statementPdf } from "../api/reports/statement-reply.ts";
import { statementView } from "../api/reports/statement-view.ts";
import { consumer } from "../kit/consumer.ts";
import { statementLetter } from "../mail/letters/statement.ts";
import { langOf, linkToPortal } from "../mail/reader.ts";
import { recipientsOf } from "../mail/recipients.ts";
import { sendMails } from "../mail/send-mails.ts";
import { mailSpeechOf } from "../mail/speech.ts";

const name = "statement-sent-mail";

/** The figures of the range as they stand when the mail is made, with the paper. */
export const mailStatement = consumer({
  name,
  on: [statementSent.name],
  run: async (deps, { agency: id, subject, data, id: envelope }) => {
    if (!id) return;
    const { from, to, currency, email } = statementSent.data.parse(data);
    const tenant = await deps.tenant(id);
    const [agency, customer] = await Promise.all([
      loadAgencyWithLogo(tenant),
      loadCustomer(tenant, subject),
    ]);
    if (!customer || !isCurrency(currency)) return;
    const range = { currency, from, to };
    const zone = agency.settings.timeZone;
    const [statement, contacts] = await Promise.all([
      loadStatement(tenant, { customer: customer.id, ...range, zone }),
      listContacts(tenant, customer.id),
    ]);
    const source = { agency, customer, ...range, statement };
    await sendMails(deps, tenant, {
      ...{ agency, subject },
      customer: customer.id,
      cause: `${name} ${envelope}`,
      recipients: recipientsOf({ customer, contacts }, email),
      write: async (reader) => {
        const view = statementView(source, langOf(reader));
        const link = linkToPortal(deps, agency, reader);
        return { letter: statementLetter(view, mailSpeechOf(view), { link }), locale: view.locale };
      },
      files: async () => [await statementPdf(source, null)],
    });
  },
});
