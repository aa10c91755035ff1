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
