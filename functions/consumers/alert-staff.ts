import type { Agency } from "../../domain/agencies/agency.ts";
import { loadCustomer } from "../../domain/customers/customer.store.ts";
import { type Customer, nameOf } from "../../domain/customers/customer.ts";
import { nextTry } from "../../domain/payments/charging.ts";
import { loadIntent } from "../../domain/payments/intent.store.ts";
import { isOwnEvent } from "../../events/envelope.ts";
import { agencyView } from "../documents/paper-view.ts";
import { consumer } from "../kit/consumer.ts";
import { knownLocale } from "../kit/format.ts";
import { type Letter, plainLetter } from "../mail/letter.ts";
import { sendMails } from "../mail/send-mails.ts";
import { type MailSpeech, mailSpeechOf } from "../mail/speech.ts";
import { type StaffWords, staffWordsOf } from "../mail/words/staff.ts";
import { type Told, toldBy } from "./mail-contacts.ts";

const name = "alert-staff";

interface Alert {
  readonly title: string;
  readonly sentence: string;
}

interface Facts extends Told {
  readonly customer: string;
  readonly words: StaffWords;
  speech(currency: string): MailSpeech;
}

type AlertOf = (facts: Facts) => Promise<Alert | undefined> | Alert | undefined;

const isForced = ({ envelope: { data } }: Facts): boolean => Boolean(data.code);

const alerts: Readonly<Record<string, AlertOf>> = {
  "payment.failed": failedCharge,
  "invoice.not-charged": ({ customer, words }) => notCharged(customer, words),
  "prepayment.not-charged": ({ customer, words }) => notCharged(customer, words),
  "recurring.paused": (facts) => (isForced(facts) ? paused(facts) : undefined),
  "prepayment.paused": (facts) => (isForced(facts) ? paused(facts) : undefined),
  "retainer.low": ({ envelope: { data }, customer, words, speech }) =>
    data.isToppedUp
      ? undefined
      : {
          title: words.low(customer),
          sentence: words.lowNote(speech(String(data.currency)).money(Number(data.leftMinor))),
        },
  "top-up.asked": ({ envelope: { data }, customer, words, speech }) => {
    const note = data.action === "charge" ? words.chargedNote : words.askedNote;
    const left = speech(String(data.currency)).money(Number(data.leftMinor));
    return { title: words.toppedUp(customer), sentence: note(left) };
  },
  "payment.unexpected": ({ customer, words }) => ({
    title: words.unexpected(customer),
    sentence: words.unexpectedNote,
  }),
  "payment.disputed": ({ customer, words }) => ({
    title: words.disputed(customer),
    sentence: words.disputedNote,
  }),
};

const notCharged = (customer: string, words: StaffWords): Alert => ({
  title: words.notCharged(customer),
  sentence: words.notChargedNote,
});

const paused = ({ customer, words }: Facts): Alert => ({
  title: words.paused(customer),
  sentence: words.pausedNote,
});

/** Only charges that nobody made by hand: whoever made one sees what became of it. */
async function failedCharge(facts: Facts): Promise<Alert | undefined> {
  const { tenant, agency, envelope, customer, words, speech } = facts;
  const intent = await loadIntent(tenant, envelope.subject);
  if (!intent?.charging) return undefined;
  const { money, day } = speech(intent.currency);
  const failure = String(envelope.data.failure);
  const zone = agency.settings.timeZone;
  const again = nextTry(intent.charging, { failure, at: envelope.at, zone });
  const next = again ? words.tryAgain(day(again.on)) : words.noMoreTries;
  return {
    title: words.chargeFailed(customer),
    sentence: words.chargeFailedNote(money(intent.amount), next),
  };
}

/** What needs a person of the agency, in the agency's language, to the agency's address. */
export const alertStaff = consumer({
  name,
  on: Object.keys(alerts),
  run: async (deps, envelope) => {
    const alertOf = alerts[envelope.type];
    const told = await toldBy(deps, envelope, name);
    const customer =
      told && envelope.customer && (await loadCustomer(told.tenant, envelope.customer));
    if (!told || !customer || !alertOf || !isMeant(envelope)) return;
    const alert = await alertOf(factsOf(told, customer));
    if (!alert) return;
    const { agency, tenant } = told;
    await sendMails(deps, tenant, {
      agency,
      subject: envelope.subject,
      customer: customer.id,
      cause: `${name} ${envelope.id}`,
      recipients: { to: [{ email: agency.email, contact: null }], cc: [], bcc: [] },
      write: async () => ({ letter: letterOf(agency, alert), locale: agency.settings.locale }),
      files: async () => [],
    });
  },
});

/** Unexpected money is told beside the payment that brought it; all others are records of their own. */
const isMeant = (envelope: Parameters<typeof isOwnEvent>[0] & { readonly type: string }): boolean =>
  isOwnEvent(envelope) || envelope.type === "payment.unexpected";

function factsOf(told: Told, customer: Customer): Facts {
  const { locale, timeZone: zone } = told.agency.settings;
  const known = knownLocale(locale);
  return {
    ...told,
    customer: nameOf(customer),
    words: staffWordsOf(known),
    speech: (currency) => mailSpeechOf({ locale, currency, zone }),
  };
}

const letterOf = (agency: Agency, { title, sentence }: Alert): Letter => ({
  ...plainLetter,
  subject: title,
  title: agencyView(agency).name,
  headline: title,
  sentence,
});
