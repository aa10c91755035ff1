import type { Agency } from "../../domain/agencies/agency.ts";
import type { Customer } from "../../domain/customers/customer.ts";
import { type PaperSource, paperView } from "../documents/paper-view.ts";
import type { Deps } from "../kit/deps.ts";
import type { PaperView } from "../pdf/view.ts";
import type { Letter, LetterContext } from "./letter.ts";
import { langOf, linkToPortal } from "./reader.ts";
import type { Mailing } from "./send-mails.ts";
import { type MailSpeech, mailSpeechOf } from "./speech.ts";

export type CustomerLetter = (
  paper: PaperView,
  speech: MailSpeech,
  context: Pick<LetterContext, "link">,
) => Letter;

/** A mail about the customer's money that no document stands for; it leads into the portal. */
export function aboutCustomer(
  deps: Deps,
  source: PaperSource & { readonly agency: Agency; readonly customer: Customer },
  { currency, letter }: { readonly currency: string; readonly letter: CustomerLetter },
): Pick<Mailing, "write" | "files"> {
  return {
    write: async (to) => {
      const paper = paperView(source, { currency, lang: langOf(to), billTo: null });
      const link = linkToPortal(deps, source.agency, to);
      return { letter: letter(paper, mailSpeechOf(paper), { link }), locale: paper.locale };
    },
    files: async () => [],
  };
}
