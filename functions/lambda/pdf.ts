import { build } from "../areas/pdf.ts";
import { lambdaDeps } from "../kit/lambda.ts";
import { tenants } from "./parts/tenants.ts";

export const handler = build(lambdaDeps(tenants));
