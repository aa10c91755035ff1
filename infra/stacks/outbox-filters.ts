const inserted = (keys: Readonly<Record<string, unknown>>) => ({
  eventName: ["INSERT"],
  dynamodb: { Keys: keys },
});

const begins = (prefix: string) => ({ S: [{ prefix }] });

/**
 * New records that functions/publish makes events of; all else in the stream starts no function. A test
 * holds them against `isOutbox`.
 */
export const outboxFilters = [
  inserted({ pk: begins("A#"), sk: begins("J#") }),
  inserted({ pk: begins("A#"), sk: begins("E#") }),
  inserted({ pk: begins("X#STRIPE-EVENT#") }),
];
