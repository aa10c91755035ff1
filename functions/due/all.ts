import type { DuePerformer } from "../kit/due.ts";
import { announceCard } from "./announce-card.ts";
import { chargeDueInvoice } from "./charge-invoice.ts";
import { chargeCycle, retryCycle } from "./charge-prepayment.ts";
import { expireCredit, expireQuote } from "./expire.ts";
import { chargeLateFee, markOverdue, remind } from "./follow-up-invoice.ts";
import { issueOccurrence } from "./issue-occurrence.ts";
import { sendPlannedInvoice } from "./send-planned-invoice.ts";

/** Everything that the clock does, by what is due. */
export const performers: readonly DuePerformer[] = [
  issueOccurrence,
  sendPlannedInvoice,
  chargeDueInvoice,
  chargeCycle,
  retryCycle,
  markOverdue,
  remind,
  chargeLateFee,
  expireQuote,
  expireCredit,
  announceCard,
];
