/** What a strict reader makes of plain-text double entry: it throws at the first line out of form. */
export interface ReadLedger {
  readonly transactions: readonly Transaction[];
  /** By "account currency", in minor units as written: the decimals tell the exponent. */
  readonly balances: ReadonlyMap<string, bigint>;
}

export interface Transaction {
  readonly day: string;
  readonly code: string;
  readonly payee: string;
  readonly note: string;
  readonly postings: readonly { account: string; amount: bigint; currency: string }[];
}

const forms = {
  mark: /^decimal-mark \.$/,
  account: /^account ([a-z]+) * {2}; type: [ACLRX]$/,
  commodity: /^commodity 1\.(0*) ([A-Z]{3})$/,
  comment: /^ {4}; (?:[a-z]+:[\w]+(?:, )?)+$/,
  head: /^(\d{4}-\d{2}-\d{2}) \* \((\w+)\) ([^;|]+) \| ([^;|]+)$/u,
  posting: /^ {4}([a-z]+) {2,}(-?\d+)(?:\.(\d+))? ([A-Z]{3}) {2}; subject:\w+$/,
};

/**
 * Grammar and balance in one: every account and currency is declared before its first use, every amount has
 * its currency's decimals, every transaction sums to zero in each currency.
 */
export function readPlainTextLedger(text: string): ReadLedger {
  const accounts = new Set<string>();
  const decimals = new Map<string, number>();
  const transactions: Transaction[] = [];
  const balances = new Map<string, bigint>();
  for (const block of text.trimEnd().split("\n\n")) {
    const lines = block.trim().split("\n");
    const [first = ""] = lines;
    if (forms.mark.test(first)) continue;
    if (first.startsWith("account ")) {
      for (const line of lines) accounts.add(matched(forms.account, line)[1] ?? "");
    } else if (first.startsWith("commodity ")) {
      const [, zeros = "", currency = ""] = matched(forms.commodity, first);
      decimals.set(currency, zeros.length);
    } else transactions.push(transactionIn(lines, { accounts, decimals }));
  }
  for (const { account, currency, amount } of transactions.flatMap((one) => one.postings)) {
    const key = `${account} ${currency}`;
    balances.set(key, (balances.get(key) ?? 0n) + amount);
  }
  return { transactions, balances };
}

function transactionIn(
  [head = "", comment = "", ...lines]: readonly string[],
  known: { readonly accounts: Set<string>; readonly decimals: Map<string, number> },
): Transaction {
  const [, day = "", code = "", payee = "", note = ""] = matched(forms.head, head);
  matched(forms.comment, comment);
  const postings = lines.map((line) => {
    const [, account = "", whole = "", fraction = "", currency = ""] = matched(forms.posting, line);
    if (!known.accounts.has(account)) throw new Error(`undeclared account: ${line}`);
    if (known.decimals.get(currency) !== fraction.length) throw new Error(`decimals: ${line}`);
    return { account, currency, amount: BigInt(`${whole}${fraction}`) };
  });
  if (postings.length < 2) throw new Error(`too few postings: ${head}`);
  for (const currency of new Set(postings.map((line) => line.currency))) {
    const sum = postings
      .filter((line) => line.currency === currency)
      .reduce((total, { amount }) => total + amount, 0n);
    if (sum !== 0n) throw new Error(`${head} is off by ${sum} ${currency}`);
  }
  return { day, code, payee, note, postings };
}

function matched(form: RegExp, line: string): RegExpExecArray {
  const match = form.exec(line);
  if (!match) throw new Error(`not ${form}: ${JSON.stringify(line)}`);
  return match;
}

/** RFC 4180, read strictly: every row has as many cells as the head. */
export function readCsv(text: string): Record<string, string>[] {
  const rows: string[][] = [];
  let rest = text;
  while (rest !== "") {
    const row: string[] = [];
    for (let end = ","; end === ","; ) {
      const match = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(rest);
      if (!match) throw new Error(`not CSV: ${JSON.stringify(rest.slice(0, 80))}`);
      row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
      end = match[3] ?? "";
      rest = rest.slice(match[0].length);
    }
    rows.push(row);
  }
  const [head = [], ...body] = rows;
  return body.map((row) => {
    if (row.length !== head.length) throw new Error(`${row.length} cells: ${row}`);
    return Object.fromEntries(head.map((name, index) => [name, row[index] ?? ""]));
  });
}
