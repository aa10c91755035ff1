import { build } from "../areas/payments.ts";
import { lambdaDeps } from "../kit/lambda.ts";

export const handler = build(lambdaDeps());
