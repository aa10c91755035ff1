import * as z from "zod";
import { contract } from "./contract.ts";

export const paymentMethodChosen = contract(
  "payment-method.chosen",
  "A contact chose the saved method that is charged from now on.",
  z.object({ method: z.string() }),
);
