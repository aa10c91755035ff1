import { build } from "../areas/stripe-webhook.ts";
import { lambdaDeps } from "../kit/lambda.ts";
import { webhookSecret } from "./parts/webhook-secret.ts";

export const handler = build(lambdaDeps(webhookSecret));
