import * as z from "zod";
import { type Day, isDay } from "./calendar.ts";
import { type Currency, isCurrency } from "./currencies.ts";
import { type Id, isId, type Kind } from "./ids.ts";

/** Building blocks of stored records. What the database gives back is parsed with these, too. */
export const idOf = <K extends Kind>(kind: K) =>
  z.custom<Id<K>>(
    (value) => typeof value === "string" && isId(kind, value),
    `must be a ${kind} id`,
  );

export const currencySchema = z.custom<Currency>(
  (value) => typeof value === "string" && isCurrency(value),
  "must be an ISO 4217 currency code in capitals",
);

export const daySchema = z.custom<Day>(
  (value) => typeof value === "string" && isDay(value),
  "must be a day, YYYY-MM-DD",
);

export const instantSchema = z.iso.datetime({ precision: 3 });

/** Whole minor units, zero or more. */
export const amountSchema = z.number().int().nonnegative();

/** Fields that may be empty are null in code and absent in the table. */
export const maybe = <T extends z.ZodType>(schema: T) => schema.nullable().default(null);

export const list = <T extends z.ZodType>(schema: T) => z.array(schema).default([]);

/** What every stored record carries. `version` counts its writes, from 1. */
export const recordFields = {
  createdAt: instantSchema,
  updatedAt: instantSchema,
  version: z.number().int().positive(),
};
