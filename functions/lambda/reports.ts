import { build } from "../areas/reports.ts";
import { lambdaDeps } from "../kit/lambda.ts";
import { tenants } from "./parts/tenants.ts";

export const handler = build(lambdaDeps(tenants));
