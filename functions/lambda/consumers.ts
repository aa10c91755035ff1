import { build } from "../areas/consumers.ts";
import { lambdaDeps } from "../kit/lambda.ts";

export const handler = build(lambdaDeps());
