import { build } from "../areas/customers.ts";
import { lambdaDeps } from "../kit/lambda.ts";

export const handler = build(lambdaDeps());
