import type { Agency } from "../../domain/agencies/agency.ts";
import type { Customer } from "../../domain/customers/customer.ts";
import { invoicePdf, type PdfFile, quotePdf } from "../documents/document-pdf.ts";
import {
  type DocumentSource,
  documentView,
  type QuoteSource,
  quoteView,
} from "../documents/document-view.ts";
import type { Deps } from "../kit/deps.ts";
import type { DocumentView, Minor } from "../pdf/view.ts";
import type { Letter, LetterContext } from "./letter.ts";
import { invoiceSentLetter, quoteSentLetter, type SentContext } from "./letters/document-sent.ts";
import { topUpAskedLetter } from "./letters/top-up.ts";
import type { OwnWords } from "./own-words.ts";
import { langOf, linkToDocument, paysOnline } from "./reader.ts";
import type { Recipient } from "./recipients.ts";
import type { Mailing } from "./send-mails.ts";
import { type MailSpeech, mailSpeechOf } from "./speech.ts";

/** The sender's own words, instead of ours; the figures stay. */
export const withOwnWords = (letter: Letter, { subject, body }: OwnWords): Letter => ({
  ...letter,
  subject: subject || letter.subject,
  sentence: body || letter.sentence,
});

const attachesPdf = (agency: Agency, customer: Customer): boolean =>
  customer.attachPdf ?? agency.settings.attachPdf;

type Words = Pick<Mailing, "write" | "files">;

export type DocumentLetter = (
  view: DocumentView,
  speech: MailSpeech,
  context: LetterContext,
) => Letter;

/** Any mail about an invoice or retainer: in the reader's language, with its paper and its page. */
export function aboutInvoice(deps: Deps, source: DocumentSource, letter: DocumentLetter): Words {
  const { agency, customer, invoice } = source;
  return {
    write: async (to) => {
      const view = documentView(source, langOf(to) ?? undefined);
      const link = await linkToDocument(deps, { agency, document: invoice.id }, to);
      const context = { link, paysOnline: paysOnline(agency) };
      return { letter: letter(view, mailSpeechOf(view), context), locale: view.locale };
    },
    files: async () => (attachesPdf(agency, customer) ? [await invoicePdf(source)] : []),
  };
}

export function invoiceMail(
  deps: Deps,
  source: DocumentSource,
  { own, retainerLeft }: { readonly own: OwnWords; readonly retainerLeft: Minor | null },
): Words {
  return aboutInvoice(deps, source, (view, speech, context) =>
    withOwnWords(letterOf(view, speech, { ...context, retainerLeft, left: own.topUpLeft }), own),
  );
}

/** A top-up rule says why it asks. */
function letterOf(
  view: DocumentView,
  speech: MailSpeech,
  { left, ...context }: SentContext & { readonly left: Minor | null | undefined },
): Letter {
  if (typeof left === "number") return topUpAskedLetter(view, speech, { ...context, left });
  return invoiceSentLetter(view, speech, context);
}

export function quoteMail(deps: Deps, source: QuoteSource, own: OwnWords): Words {
  const { agency, customer, quote } = source;
  return {
    write: async (to: Recipient) => {
      const view = quoteView(source, langOf(to) ?? undefined);
      const link = await linkToDocument(deps, { agency, document: quote.id }, to);
      const context = { link, paysOnline: paysOnline(agency) };
      const letter = quoteSentLetter(view, mailSpeechOf(view), context);
      return { letter: withOwnWords(letter, own), locale: view.locale };
    },
    files: async (): Promise<PdfFile[]> =>
      attachesPdf(agency, customer) ? [await quotePdf(source)] : [],
  };
}
