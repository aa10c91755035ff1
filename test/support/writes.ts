import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import type { TransactWriteCommandInput } from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { Item } from "../../domain/shared/table.store.ts";
import { isRecord } from "../../functions/kit/origin.ts";
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

export interface Watched {
  /** Transactions that changed something of an agency's. */
  changes(): number;
  /** The journal and event records among what they wrote: who did what leaves one. */
  records(): readonly Item[];
}

/** Watches what a table accepts in transactions. */
export function watchChanges({ client }: TestTable): Watched {
  const kept: Item[] = [];
  let changes = 0;
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const answer = await next(args);
      if (context.commandName === "TransactWriteItemsCommand") {
        const { TransactItems: writes = [] } = args.input as TransactWriteCommandInput;
        const items = writes.map(({ Put, Update, Delete }) =>
          plain(Put?.Item ?? (Update ?? Delete)?.Key),
        );
        changes += items.some(({ pk }) => String(pk).startsWith("A#")) ? 1 : 0;
        kept.push(...items.filter(isRecord));
      }
      return answer;
    },
    { step: "initialize", name: `watch-changes-${Math.random()}` },
  );
  return { changes: () => changes, records: () => kept };
}

/** The middleware sees items as the document client was given them, or as they go over the wire. */
const plain = (item: Item = {}): Item =>
  typeof item.pk === "object" ? unmarshall(item as Record<string, AttributeValue>) : item;
