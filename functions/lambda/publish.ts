import { lambdaDeps } from "../kit/lambda.ts";
import { build } from "../publish/publish.ts";

export const handler = build(lambdaDeps());
