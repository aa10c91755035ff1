import { build } from "../areas/billing.ts";
import { lambdaDeps } from "../kit/lambda.ts";

export const handler = build(lambdaDeps());
