import * as z from "zod";

/** What a caller of `send` gave along: another address, words of their own. */
export const ownWords = z.object({
  email: z.string().nullish(),
  subject: z.string().nullish(),
  body: z.string().nullish(),
});
export type OwnWords = Omit<z.infer<typeof ownWords>, "email">;
