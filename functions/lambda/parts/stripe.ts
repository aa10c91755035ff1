import * as z from "zod";
import {
  createStripeGateway,
  type StripeGateway,
} from "../../../domain/payments/stripe.gateway.ts";
import { type Part, readEnvironment } from "../../kit/lambda.ts";
import { secretReader } from "./secrets.ts";

const environmentSchema = z.object({ STRIPE_SECRET_NAME: z.string().min(1) });

/** The gateway is made anew only when the key was changed. */
export const stripe: Part = () => {
  const { STRIPE_SECRET_NAME: name } = readEnvironment(environmentSchema);
  const readKey = secretReader(name);
  let made: { readonly key: string; readonly gateway: StripeGateway } | undefined;
  return {
    stripe: async () => {
      const key = await readKey();
      if (made?.key !== key) made = { key, gateway: createStripeGateway({ secretKey: key }) };
      return made.gateway;
    },
  };
};
