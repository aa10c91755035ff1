import * as z from "zod";
import { type Part, readEnvironment } from "../../kit/lambda.ts";
import { secretReader } from "./secrets.ts";

const environmentSchema = z.object({ STRIPE_WEBHOOK_SECRET_NAME: z.string().min(1) });

export const webhookSecret: Part = () => {
  const { STRIPE_WEBHOOK_SECRET_NAME: name } = readEnvironment(environmentSchema);
  return { webhookSecret: secretReader(name) };
};
