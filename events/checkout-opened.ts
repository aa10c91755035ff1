import * as z from "zod";
import { idOf } from "../domain/shared/schema.ts";
import { contract } from "./contract.ts";

export const checkoutOpened = contract(
  "checkout.opened",
  "A page of Stripe was asked for, on which a document can be paid or money sent ahead.",
  z.object({
    /** The payment that comes of it, if it is paid. */
    payment: idOf("payment"),
    /** Pages for the same documents that it replaces. */
    superseded: z.array(idOf("payment")),
  }),
);
