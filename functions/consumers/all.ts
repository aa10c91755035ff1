import type { Consumer } from "../kit/consumer.ts";

/** Every reaction to events. Each has a queue of its own, named like it. */
export const consumers: readonly Consumer[] = [];
