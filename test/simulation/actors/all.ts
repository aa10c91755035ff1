import type { Operation } from "../operation.ts";
import type { Follow } from "../world.ts";
import { staffAheads } from "./aheads.ts";
import { followClock, followEvents } from "./by-clock.ts";
import { clock } from "./clock.ts";
import { contacts } from "./contacts.ts";
import { meetings } from "./meetings.ts";
import { staffCustomers } from "./staff-customers.ts";
import { staffDocuments } from "./staff-documents.ts";
import { followDelayed, staffLeavers } from "./staff-leavers.ts";
import { staffCredits, staffMoney } from "./staff-money.ts";
import { staffQuotes } from "./staff-quotes.ts";
import { staffRecurring } from "./staff-recurring.ts";
import { staffTopUps } from "./staff-top-ups.ts";
import { followStripe, staffAtStripe, stripe } from "./stripe.ts";
import { connection } from "./stripe-connection.ts";

/** Everybody who acts in a history. A new actor is a file of its own and a line here. */
export const operations: readonly Operation[] = [
  ...staffCustomers,
  ...staffLeavers,
  ...staffDocuments,
  ...staffMoney,
  ...staffCredits,
  ...staffQuotes,
  ...staffRecurring,
  ...staffAheads,
  ...staffTopUps,
  ...staffAtStripe,
  ...connection,
  ...contacts,
  ...stripe,
  ...clock,
  ...meetings,
];

/** How the model follows what nobody asked for over the API, by the type of the journal record. */
export { followDelayed, followEvents };
export const follow: Readonly<Record<string, Follow>> = { ...followStripe, ...followClock };
