import type { Consumer } from "./consumer.ts";

/** In `on`: every event of an agency, also those that will be added later. */
export const everyEvent = "*";

/** Stripe's own events are no agency's; whoever wants them names them. */
const isForeign = (type: string): boolean => type.startsWith("stripe.");

export const wants = ({ on }: Pick<Consumer, "on">, type: string): boolean =>
  on.includes(type) || (on.includes(everyEvent) && !isForeign(type));
