import { type Speech, speechOf } from "../pdf/speech.ts";
import type { PaperView } from "../pdf/view.ts";
import { de } from "./words/de.ts";
import { en, type MailWords } from "./words/en.ts";
import { es } from "./words/es.ts";
import { fr } from "./words/fr.ts";

const languages: Record<string, MailWords> = { de, en, es, fr };

/** The paper's way to speak, and the sentences that only mails have. */
export interface MailSpeech extends Speech {
  readonly mail: MailWords;
}

export function mailSpeechOf(view: Pick<PaperView, "locale" | "currency" | "zone">): MailSpeech {
  const speech = speechOf(view);
  return { ...speech, mail: languages[new Intl.Locale(speech.locale).language] ?? en };
}
