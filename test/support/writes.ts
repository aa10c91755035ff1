import type { TestTable } from "./database.ts";

const writing = /^(TransactWriteItems|PutItem|UpdateItem|DeleteItem|BatchWriteItem)Command$/;

/** Counts the writes that a table accepted, whatever they changed: a refusal must cause none. */
export function countWrites({ client }: TestTable): () => number {
  let accepted = 0;
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const answer = await next(args);
      if (writing.test(context.commandName ?? "")) accepted += 1;
      return answer;
    },
    { step: "initialize", name: `count-writes-${Math.random()}` },
  );
  return () => accepted;
}

/** Counts journal and event records among the writes that a table accepted: who did what leaves one. */
export function countRecords({ client }: TestTable): () => number {
  let kept = 0;
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const answer = await next(args);
      const input = args.input as { TransactItems?: { Put?: { Item?: Place } }[] };
      if (context.commandName === "TransactWriteItemsCommand") {
        kept += (input.TransactItems ?? []).filter(({ Put }) => isRecord(Put?.Item)).length;
      }
      return answer;
    },
    { step: "initialize", name: `count-records-${Math.random()}` },
  );
  return () => kept;
}

type Place = Readonly<Record<string, { readonly S?: string } | string>>;

const isRecord = (item: Place | undefined): boolean =>
  /^[JE]#/.test(textIn(item?.sk)) && textIn(item?.pk).startsWith("A#");

/** The middleware sees items as the document client was given them, or as they go over the wire. */
const textIn = (value: Place[string] | undefined): string =>
  typeof value === "object" ? (value.S ?? "") : (value ?? "");
