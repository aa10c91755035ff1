import { type Currency, exponentOf } from "../shared/currencies.ts";
import { formatDecimalText } from "../shared/decimal.ts";
import { type LedgerAccount, ledgerAccounts, type Posting } from "../shared/journal.ts";
import type { LedgerEntry, LedgerWriter } from "./ledger-format.ts";
import { plainLine } from "./plain-line.ts";

/** hledger's letters: Asset, Cash, Liability, Revenue, eXpense. */
const accountTypes: Readonly<Record<LedgerAccount, string>> = {
  receivable: "A",
  cash: "C",
  unapplied: "L",
  credits: "L",
  allowances: "R",
  revenue: "R",
  tax: "L",
  disputed: "A",
  fees: "X",
};

/**
 * Plain-text double entry as hledger reads it. Every account and commodity is declared, so that its strict
 * checks pass, too; declaring twice does no harm, so files may be put one after the other.
 */
export function journalWriter(): LedgerWriter {
  const declared = new Set<string>();
  return {
    head: () => `${["decimal-mark .", "", ...ledgerAccounts.map(declaration), ""].join("\n")}\n`,
    entry: (entry) => {
      const { postings } = entry.record;
      if (postings.length === 0) return "";
      const fresh = postings.filter(({ currency }) => !declared.has(currency));
      for (const { currency } of fresh) declared.add(currency);
      const commodities = [...new Set(fresh.map(({ currency }) => currency))].map(commodity);
      return [...commodities, ...transactionOf(entry), "", ""].join("\n");
    },
  };
}

const declaration = (account: LedgerAccount): string =>
  `account ${account.padEnd(accountWidth)}  ; type: ${accountTypes[account]}`;

/** The sample shows the decimals; a currency without any needs the mark all the same. */
const commodity = (currency: Currency): string =>
  `commodity 1.${"0".repeat(exponentOf(currency))} ${currency}\n`;

/** Free text stands in the description only: a comment could hold what hledger takes for a date. */
function transactionOf({ record, day, customer }: LedgerEntry): string[] {
  const memo = described(record.memo);
  const description = `${described(customer.name)} | ${record.type}${memo && `: ${memo}`}`;
  return [
    `${day} * (${record.id}) ${description}`,
    `    ; customer:${customer.id}, seq:${record.seq}, subject:${record.subject}`,
    ...record.postings.map(posted),
  ];
}

const accountWidth = Math.max(...ledgerAccounts.map(({ length }) => length));
const amountWidth = 20;

function posted({ account, amount, currency, subject }: Posting): string {
  const decimal = formatDecimalText(amount, exponentOf(currency)).padStart(amountWidth);
  return `    ${account.padEnd(accountWidth)}  ${decimal} ${currency}  ; subject:${subject}`;
}

/** A semicolon would begin a comment, a bar end the name of the payee. */
const described = (text: string): string =>
  plainLine(text).replaceAll(";", ",").replaceAll("|", "/");
