import { indexNames, projectedAttributes } from "./table.store.ts";

/** The projection of an index: the attributes of a list row, or nothing but the keys. */
export interface IndexDefinition {
  readonly name: (typeof indexNames)[keyof typeof indexNames];
  readonly partitionKey: string;
  readonly sortKey: string;
  readonly includes: readonly string[] | "keys-only";
}

export interface TableDefinition {
  readonly partitionKey: string;
  readonly sortKey: string;
  readonly ttlAttribute: string;
  readonly indexes: readonly IndexDefinition[];
}

/** The one table, as the deployment and the local system both make it. Every key is text. */
export const tableDefinition: TableDefinition = {
  partitionKey: "pk",
  sortKey: "sk",
  ttlAttribute: "ttl",
  indexes: [
    {
      name: indexNames.byCustomer,
      partitionKey: "customerKey",
      sortKey: "dateKey",
      includes: projectedAttributes,
    },
    {
      name: indexNames.byAgency,
      partitionKey: "agencyKey",
      sortKey: "dateKey",
      includes: projectedAttributes,
    },
    {
      name: indexNames.due,
      partitionKey: "dueShard",
      sortKey: "dueAt",
      includes: "keys-only",
    },
  ],
};
