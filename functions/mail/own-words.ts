import * as z from "zod";

/** What a caller of `send` gave along: another address, words of their own. */
export const ownWords = z.object({
  email: z.string().nullish(),
  subject: z.string().nullish(),
  body: z.string().nullish(),
  /** A top-up rule asks: what was left on the retainer, in minor units. */
  topUpLeft: z.number().int().nullish(),
});
export type OwnWords = Omit<z.infer<typeof ownWords>, "email">;
