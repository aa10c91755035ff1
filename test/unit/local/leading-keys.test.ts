import {
  BatchGetCommand,
  BatchWriteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
} from "@aws-sdk/lib-dynamodb";
import { describe, expect, test } from "vitest";
import { leadingKeysOnly } from "../../../local/leading-keys.ts";

const TableName = "table";
const own = "agy_01MG052TM0AAAAAAAAAAAAAAAA";
const foreign = "agy_01MG052TM0BBBBBBBBBBBBBBBB";

/** A database that takes everything, behind the credentials of one agency. */
function reached(command: object): Promise<unknown> {
  const db = { send: async () => "reached" } as unknown as DynamoDBDocumentClient;
  return leadingKeysOnly(db, own).send(command as never);
}

const at = (pk: string) => ({ pk, sk: "INV" });
const query = (pk: string, over = {}) =>
  new QueryCommand({
    ...{ TableName, KeyConditionExpression: "pk = :key AND begins_with(sk, :child)" },
    ...{ ExpressionAttributeValues: { ":key": pk, ":child": `A#${own}` } },
    ...over,
  });
const listed = (index: string, name: string, key: string) =>
  query(key, { IndexName: index, KeyConditionExpression: `${name} = :key` });
const write = (...items: object[]) => new TransactWriteCommand({ TransactItems: items as never });
const put = (pk: string) => ({ Put: { TableName, Item: at(pk) } });
const changes = (pk: string) => [
  put(pk),
  { Update: { TableName, Key: at(pk), UpdateExpression: "SET a = :a" } },
  { Delete: { TableName, Key: at(pk) } },
  { ConditionCheck: { TableName, Key: at(pk), ConditionExpression: "attribute_exists(pk)" } },
];
const several = (...keys: string[]) =>
  new BatchGetCommand({ RequestItems: { [TableName]: { Keys: keys.map(at) } } });

describe("locally, too, an agency's credentials", () => {
  test.each<[string, object]>([
    ["read the agency", new GetCommand({ TableName, Key: at(`A#${own}`) })],
    ["read several records", several(`A#${own}#INV#1`, `A#${own}#C#2`)],
    ["list a partition", query(`A#${own}#C#2`)],
    ["list an index", listed("byAgency", "agencyKey", `A#${own}#INV`)],
    ["list a customer's", listed("byCustomer", "customerKey", `A#${own}#C#2#INV`)],
    ["write", write(...changes(`A#${own}#INV#1`))],
  ])("%s", async (_name, command) => {
    expect(await reached(command)).toBe("reached");
  });

  test.each<[string, object]>([
    ["another agency", new GetCommand({ TableName, Key: at(`A#${foreign}`) })],
    ["one whose id goes on from its own", new GetCommand({ TableName, Key: at(`A#${own}X`) })],
    ["one among own ones", several(`A#${own}#INV#1`, `A#${foreign}#INV#1`)],
    ["another's partition", query(`A#${foreign}#C#2`)],
    ["another's list", listed("byAgency", "agencyKey", `A#${foreign}#INV`)],
    ["another's customer", listed("byCustomer", "customerKey", `A#${foreign}#C#2#INV`)],
    ["what is due", listed("due", "dueShard", "X#DUE#0")],
    ["key hashes", new GetCommand({ TableName, Key: at("X#KEY#1") })],
    ["a query without a partition", query("", { KeyConditionExpression: "sk = :key" })],
    ["a Scan", new ScanCommand({ TableName })],
    ["one write for another", new PutCommand({ TableName, Item: at(`A#${foreign}#INV#1`) })],
    [
      "writes in a batch",
      new BatchWriteCommand({
        RequestItems: { [TableName]: [{ PutRequest: { Item: at(`A#${foreign}#INV#1`) } }] },
      }),
    ],
    ...changes(`A#${foreign}#INV#1`).map((one): [string, object] => [
      `${Object.keys(one)[0]} among own writes`,
      write(put(`A#${own}`), one),
    ]),
  ])("never reach %s", async (_name, command) => {
    await expect(reached(command)).rejects.toThrow(
      expect.objectContaining({ name: "AccessDeniedException" }),
    );
  });
});
