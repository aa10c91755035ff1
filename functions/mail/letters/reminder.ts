import { daysBetween } from "../../../domain/shared/calendar.ts";
import type { DocumentView } from "../../pdf/view.ts";
import type { Letter, LetterContext } from "../letter.ts";
import type { MailSpeech } from "../speech.ts";
import { documentLetter, titleOf } from "./document-parts.ts";

export interface ReminderContext extends LetterContext {
  /** Whether it is before or after the due date is a matter of the day on which it is read. */
  readonly today: string;
}

export function reminderLetter(
  view: DocumentView,
  speech: MailSpeech,
  context: ReminderContext,
): Letter {
  const { mail } = speech;
  const letter = documentLetter(view, speech, context);
  const due = view.dueDate ?? view.date;
  const daysLate = daysBetween(due, context.today);
  const headline = daysLate > 0 ? overdueBy(view, speech, daysLate) : letter.headline;
  const day = speech.day(due);
  return {
    ...letter,
    subject: mail.subject(mail.reminder(titleOf(view, speech)), view.agency.name, headline),
    headline,
    sentence: daysLate > 0 ? mail.overdue(day) : mail.dueSoon(day),
    notes: [mail.paidAlready],
  };
}

function overdueBy(view: DocumentView, { mail, money, number }: MailSpeech, late: number): string {
  return mail.overdueAmount(money(view.balance), mail.days(late, number(String(late))));
}
