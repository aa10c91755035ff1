import * as z from "zod";
import type { Id } from "../shared/ids.ts";
import { balancesSchema, emptyJournal } from "../shared/journal.ts";
import {
  amountSchema,
  currencySchema,
  daySchema,
  idOf,
  instantSchema,
  list,
  maybe,
} from "../shared/schema.ts";

/** More open payments than this are kept out of the account; automatic application then reads on. */
export const openMoneyMax = 100;

export const retainerRefSchema = z.object({
  id: idOf("invoice"),
  number: z.string(),
  date: daySchema,
});
export type RetainerRef = z.infer<typeof retainerRefSchema>;

export const openMoneySchema = z.object({
  payment: idOf("payment"),
  currency: currencySchema,
  unapplied: amountSchema,
  receivedAt: instantSchema,
  retainer: maybe(retainerRefSchema),
  scope: list(z.string()),
});
export type OpenMoney = z.infer<typeof openMoneySchema>;

export const openCreditSchema = z.object({
  credit: idOf("credit"),
  currency: currencySchema,
  balance: amountSchema,
  expiresOn: maybe(daySchema),
});
export type OpenCredit = z.infer<typeof openCreditSchema>;

/** The one item that decisions about a customer's money read: balances, journal head, open money. */
export const accountSchema = z.object({
  customer: idOf("customer"),
  balances: balancesSchema,
  seq: z.number().int().nonnegative(),
  hash: z.string(),
  at: z.string(),
  openMoney: list(openMoneySchema),
  openCredits: list(openCreditSchema),
  /** Retainers with money that is not drawn yet, newest last: what the balance call lists. */
  retainers: list(idOf("invoice")),
  /** Issued documents so far; a customer with any is archived instead of deleted. */
  issuedCount: z.number().int().nonnegative().default(0),
  version: z.number().int().nonnegative(),
});
export type Account = z.infer<typeof accountSchema>;

/** The account of a customer that has no history. It is written with the first record. */
export const emptyAccount = (customer: Id<"customer">): Account => ({
  customer,
  balances: {},
  ...emptyJournal,
  openMoney: [],
  openCredits: [],
  retainers: [],
  issuedCount: 0,
  version: 0,
});
