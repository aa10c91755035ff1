import { build } from "../areas/stripe-webhook.ts";
import { lambdaDeps } from "../kit/lambda.ts";

export const handler = build(lambdaDeps());
