import type { Consumer } from "./consumer.ts";

/** In `on`: every event, also those that will be added later. */
export const everyEvent = "*";

/** `on` names events, or with a star at the end all that begin so. */
export const wants = ({ on }: Pick<Consumer, "on">, type: string): boolean =>
  on.some((pattern) =>
    pattern.endsWith("*") ? type.startsWith(pattern.slice(0, -1)) : type === pattern,
  );
