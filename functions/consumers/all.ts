import type { Consumer } from "../kit/consumer.ts";
import { countRecords } from "./count-records.ts";
import { indexSearch } from "./index-search.ts";
import { keepFeed } from "./keep-feed.ts";

/** Every reaction to events. Each has a queue of its own, named like it. */
export const consumers: readonly Consumer[] = [keepFeed, indexSearch, countRecords];
