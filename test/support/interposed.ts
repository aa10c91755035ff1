import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { type ApiCall, caller, type Shell } from "./shell.ts";

/** Sends a command to the table, or does something else instead or before. */
export type Send = (db: DynamoDBDocumentClient, command: unknown) => Promise<unknown>;

/** A caller between whose requests and the agency's table somebody stands. */
export function callerBy({ deps, apiKey }: Pick<Shell, "deps" | "apiKey">, send: Send): ApiCall {
  const tenant: Shell["deps"]["tenant"] = async (agency) => {
    const own = await deps.tenant(agency);
    const db = new Proxy(own.db, {
      get: (target, name) =>
        name === "send" ? (command: unknown) => send(target, command) : Reflect.get(target, name),
    });
    return { ...own, db };
  };
  return caller({ ...deps, tenant }, apiKey);
}
