import { build } from "../areas/recurring.ts";
import { lambdaDeps } from "../kit/lambda.ts";
import { stripe } from "./parts/stripe.ts";
import { tenants } from "./parts/tenants.ts";

export const handler = build(lambdaDeps(tenants, stripe));
